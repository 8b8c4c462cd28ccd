/** What the law asks of advertising (K, requirements for layouts, 14), for mails whose author left it out. */
export const footer = `
<div style="margin:24px auto 0;max-width:600px;padding:16px;font:12px/1.5 Arial,sans-serif;color:#6b7280;text-align:center">
{% if User.Locale == 'en' %}You receive this message because you agreed to be informed.
<a href="{{ UnsubscribeLink }}" style="color:#6b7280">Unsubscribe</a>
{% else %}Вы получили это сообщение, так как выразили согласие на получение информации.
<a href="{{ UnsubscribeLink }}" style="color:#6b7280">Отписаться</a>{% endif %}
</div>`
