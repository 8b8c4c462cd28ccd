/** Two mails that people read and change first: what a chain of shops really writes, in MJML with macros. */
export const welcome = {
  name: 'Добро пожаловать',
  category: 'news',
  subject: '{GreetingName}! Рады знакомству',
  preheader: 'Что даёт карта «Тессеры» и где найти ближайший магазин',
  link: 'https://example.com/club',
  body: letter(`
      <mj-text font-size="24px" font-weight="600">{{ GreetingName }}!</mj-text>
      <mj-text>Спасибо, что присоединились к клубу «Тессера». Теперь ваши покупки собираются в одной карте,
        а скидки приходят туда, где вам удобно.</mj-text>
      <mj-text>
        <ul>
          <li>Цены клуба действуют с первой покупки.</li>
          <li>В день рождения дарим торт к чаю.</li>
          <li>Чеки хранятся в личном кабинете, бумажные можно не беречь.</li>
        </ul>
      </mj-text>
      <mj-button href="{{ Link }}">Открыть личный кабинет</mj-button>
      <mj-text font-size="13px" color="#6b7280">Магазины рядом: <a href="https://example.com/shops">12 адресов на карте</a></mj-text>`),
}

export const promotion = {
  name: 'Неделя молочного: скидка 20 %',
  category: 'promotions',
  subject: '{{ User.GivenName }}, молочное дешевле на 20 % до воскресенья',
  preheader: 'Творог, сыр и йогурты, которые вы берёте чаще всего',
  link: 'https://example.com/offers/dairy',
  body: letter(`
      <mj-text font-size="24px" font-weight="600">{{ GreetingName }}!</mj-text>
      <mj-text>До воскресенья всё молочное дешевле на 20 %.
        {% if User.ReceiptsCount > 5 %}Вы были у нас уже {{ User.ReceiptsCount }} раз: спасибо, что возвращаетесь.{% endif %}</mj-text>
      <mj-table>
        <tr><td style="padding:6px 0">Творог 5 %, 200 г</td><td align="right"><s>98 ₽</s>&nbsp; <b>78 ₽</b></td></tr>
        <tr><td style="padding:6px 0">Сыр российский, 200 г</td><td align="right"><s>189 ₽</s>&nbsp; <b>151 ₽</b></td></tr>
        <tr><td style="padding:6px 0">Йогурт греческий, 140 г</td><td align="right"><s>64 ₽</s>&nbsp; <b>51 ₽</b></td></tr>
      </mj-table>
      <mj-button href="{{ Link }}">Смотреть все предложения</mj-button>
      <mj-text><a href="https://example.com/recipes/syrniki">Рецепт недели: сырники без муки</a></mj-text>`),
}

function letter(content: string) {
  return `<mjml>
  <mj-head>
    <mj-attributes>
      <mj-all font-family="Arial, sans-serif" />
      <mj-text font-size="16px" line-height="24px" color="#1f2937" />
      <mj-button background-color="#0f766e" color="#ffffff" border-radius="6px" font-size="16px" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#f3f4f6">
    <mj-section background-color="#ffffff" padding="32px 16px"><mj-column>
      <mj-text font-size="14px" color="#0f766e" font-weight="600">ТЕССЕРА · магазины у дома</mj-text>${content}
    </mj-column></mj-section>
    <mj-section><mj-column>
      <mj-text font-size="12px" color="#6b7280" align="center">Вы получили это письмо, потому что согласились получать новости.
        <a href="{{ UnsubscribeLink }}">Отписаться</a></mj-text>
    </mj-column></mj-section>
  </mj-body>
</mjml>`
}
