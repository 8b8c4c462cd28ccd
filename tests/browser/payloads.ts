/** Tells the test that it ran, whatever it was. */
const RUN = 'ran(1)'

/** In the text of an element. */
const elements = [
  `<script>${RUN}</script>`,
  `<ScRiPt >${RUN}</sCrIpT >`,
  `<script src="data:text/javascript,${RUN}"></script>`,
  `<script/src=//127.0.0.1:9/x.js></script>`,
  `<script type=module>${RUN}</script>`,
  `<img src=x onerror=${RUN}>`,
  `<img/src=x/onerror=${RUN}>`,
  `<image href=x onerror=${RUN}>`,
  `<svg onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate attributeName=x dur=1s onbegin=${RUN}>`,
  `<svg><set attributeName=onload to=${RUN}>`,
  `<svg><use href="data:image/svg+xml,<svg id=x onload=${RUN}>#x">`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${RUN}>`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="data:text/html,<script>${RUN}</script>">`,
  `<video autoplay src=x onerror=${RUN}></video>`,
  `<audio src=x onerror=${RUN}></audio>`,
  `<details open ontoggle=${RUN}>x</details>`,
  `<marquee onstart=${RUN}>x</marquee>`,
  `<body onload=${RUN}>`,
  `<input autofocus onfocus=${RUN}>`,
  `<select autofocus onfocus=${RUN}><option>x</select>`,
  `<link rel=stylesheet href="data:text/css,*{color:red}" onload=${RUN}>`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<base href="javascript:${RUN}//">`,
  `<form action="javascript:${RUN}"><input type=submit autofocus>`,
  `<style>@import 'javascript:${RUN}'</style>`,
  `<template><script>${RUN}</script></template><slot onslotchange=${RUN}>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
]

/** Out of an attribute, a comment or another element. */
const escapes = [
  `"><script>${RUN}</script>`,
  `'><script>${RUN}</script>`,
  '`><script>' + RUN + '</script>',
  `" autofocus onfocus=${RUN} x="`,
  `' autofocus onfocus=${RUN} x='`,
  `" style="animation-name:x" onanimationstart="${RUN}`,
  `</title><script>${RUN}</script>`,
  `</textarea><img src=x onerror=${RUN}>`,
  `</select><img src=x onerror=${RUN}>`,
  `</script><script>${RUN}</script>`,
  `</style><img src=x onerror=${RUN}>`,
  `--><img src=x onerror=${RUN}>`,
  `]]><img src=x onerror=${RUN}>`,
  `<<img src=x onerror=${RUN}>//`,
]

/** In the words of what draws the pages, the mails and the islands. */
const languages = [
  `javascript:${RUN}`,
  `java\tscript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `{{ ${RUN} }}`,
  `{{{ '<img src=x onerror=${RUN}>' }}}`,
  `@eval(${RUN})`,
  `{% raw %}<img src=x onerror=${RUN}>{% endraw %}`,
  `{{ '<img src=x onerror=${RUN}>' | raw }}`,
  '${' + RUN + '}',
  `<div x-data x-init="${RUN}">`,
  `<div x-data="{ x: ${RUN} }">`,
  `<div hx-get="/" hx-trigger="load" hx-on:htmx:load="${RUN}">`,
  `<div hx-on::before-request="${RUN}" hx-get="/" hx-trigger=load>`,
  `&lt;img src=x onerror=${RUN}&gt;`,
]

/** Sixty ways to make a page run something; `ran` is what the test listens to. */
export const payloads = [...elements, ...escapes, ...languages]
