/** What the page says, in both languages; what the interface answers comes in the language that it is asked in. */
export const words = {
  ru: {
    other: 'English', title: 'Личный кабинет', signIn: 'Вход', register: 'Регистрация', restore: 'Забыли пароль?', byCode: 'Войти по коду из письма',
    profile: 'Профиль', preferences: 'Рассылки', signOut: 'Выйти', email: 'Электронная почта', phone: 'Телефон', password: 'Пароль', newPassword: 'Новый пароль',
    givenName: 'Имя', surname: 'Фамилия', birthDate: 'Дата рождения', code: 'Код из письма', send: 'Получить код', enter: 'Войти', create: 'Зарегистрироваться', save: 'Сохранить', confirm: 'Подтвердить',
    contact: 'Телефон или почта', again: 'Отправить код ещё раз',
    consents: 'Согласия', personal_data: 'Согласие на обработку персональных данных', communication: 'Согласие на рекламные сообщения', campaign: 'Согласие с правилами клуба',
    registered: 'Вы зарегистрированы.', codeSent: 'Если адрес нам известен, мы отправили на него код. Он действует {minutes} мин.', signedIn: 'Здравствуйте!', signedOut: 'Вы вышли.', saved: 'Сохранено.', confirmed: 'Адрес подтверждён.', changed: 'Пароль изменён. Войдите с новым.',
    contacts: 'Контакты', isConfirmed: 'подтверждён', isWaiting: 'не подтверждён', noDocuments: 'Документы согласий ещё не опубликованы, поэтому зарегистрироваться пока нельзя.',
    except: 'Всё, кроме того, от чего я откажусь', only: 'Только то, что я выберу', regime: 'Что присылать', leaveAll: 'Ничего не присылать', offline: 'Нет связи. Попробуйте ещё раз.',
    about: 'Эта страница — пример витрины: она пользуется только открытым API и показывает, как его вызывать.', docs: 'Описание API',
  },
  en: {
    other: 'Русский', title: 'My account', signIn: 'Sign in', register: 'Register', restore: 'Forgot your password?', byCode: 'Sign in by a mailed code',
    profile: 'Profile', preferences: 'Mailings', signOut: 'Sign out', email: 'Email', phone: 'Phone', password: 'Password', newPassword: 'New password',
    givenName: 'Given name', surname: 'Surname', birthDate: 'Date of birth', code: 'Code from the mail', send: 'Send me a code', enter: 'Sign in', create: 'Register', save: 'Save', confirm: 'Confirm',
    contact: 'Phone or email', again: 'Send the code again',
    consents: 'Consents', personal_data: 'I agree to the processing of my personal data', communication: 'I agree to get advertising', campaign: 'I agree to the rules of the club',
    registered: 'You are registered.', codeSent: 'If we know the address, a code is on its way there. It is good for {minutes} min.', signedIn: 'Hello!', signedOut: 'You are signed out.', saved: 'Saved.', confirmed: 'The address is confirmed.', changed: 'The password was changed. Sign in with the new one.',
    contacts: 'Contacts', isConfirmed: 'confirmed', isWaiting: 'not confirmed', noDocuments: 'No documents of consents are published yet, so nobody can register.',
    except: 'Everything but what I leave', only: 'Only what I choose', regime: 'What to send', leaveAll: 'Send me nothing', offline: 'No connection. Try again.',
    about: 'This page is an example of a front end: it uses the public API alone and shows how to call it.', docs: 'About the API',
  },
}
