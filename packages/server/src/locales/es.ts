import type { AccessMailTexts } from '../mail/access-mail-texts.js';
import type { MailTexts } from '../mail/texts.js';
import type { PageTexts } from '../pages/texts.js';
import { plural } from './plural.js';
import type { ServerTexts } from './server-texts.js';
import { sizeIn } from './size-in.js';

const mail: MailTexts = {
  confirmation: {
    subject: (number, desk) => `Su consulta ${number} a ${desk}`,
    greeting: 'Hola:',
    received: (contact, desk) => `Su mensaje ha llegado a ${desk} (${contact}).`,
    number: (number) => `Su número de consulta es ${number}. Indíquelo si vuelve a escribirnos sobre este asunto.`,
    due: (time) => `Le responderemos antes del ${time}.`,
    follow: 'Puede seguir su consulta aquí. Desde otro dispositivo, inicie sesión con esta dirección:',
    notYou: '¿No nos ha escrito usted? Entonces alguien indicó su dirección por error; no tiene que hacer nada.',
    otherWays: 'Otras formas de contacto:',
    automatic: 'Este correo se ha enviado automáticamente.',
  },
  answer: {
    subject: (number, desk) => `Respuesta a su consulta ${number} a ${desk}`,
    answered: (number, contact, desk) => `${desk} (${contact}) ha respondido a su consulta ${number}.`,
    read: 'Lea la respuesta aquí:',
    readAndReply: 'Léala completa y responda aquí:',
  },
  closed: {
    subject: (number, desk) => `Su consulta ${number} a ${desk} está cerrada`,
    closed: (number, desk) => `Su consulta ${number} a ${desk} se ha cerrado.`,
    reopen: (time) => `¿Queda algo pendiente? Puede abrirla de nuevo hasta el ${time}.`,
    read: 'La encontrará aquí:',
  },
  signIn: {
    subject: (desk) => `Inicio de sesión en ${desk}`,
    open: (desk) => `Este enlace muestra sus consultas a ${desk}:`,
    short: 'Sirve una sola vez y durante diez minutos. Ábralo en el navegador desde el que lo pidió.',
    notYou: '¿No lo ha pedido usted? No haga nada ni se lo pase a nadie: quien tenga el enlace puede leer sus consultas.',
  },
  held: {
    subject: (desk) => `Confirme su mensaje a ${desk}`,
    confirm: (desk) => `Alguien ha escrito a ${desk} indicando esta dirección. ¿Ha sido usted? Abra esta página y confirme su mensaje:`,
    until: (time) => `Nadie lo leerá antes. Se guarda hasta el ${time} y después se elimina.`,
    notYou: '¿No ha sido usted? No tiene que hacer nada; también puede eliminar el mensaje en la misma página.',
  },
  notification: {
    labelled: (label) => `${label}:`,
    preSale: 'preventa',
    labels: {
      number: 'Consulta',
      contact: 'Contacto',
      from: 'De',
      orderReference: 'Pedido',
      received: 'Recibida',
      due: 'Responder antes de',
      language: 'Idioma',
      subject: 'Asunto',
      files: 'Archivos',
    },
    filesNotAttached: 'demasiado grande para un correo, guardado en el servidor',
    reply: 'Si responde a este correo, escribe al cliente. La dirección es la que él indicó; no está verificada.',
    notKept: 'Este mensaje y sus archivos no se guardan en el servidor: este correo es la única copia.',
  },
  assignment: {
    subject: (number, desk) => `[${number}] es para usted (${desk})`,
    assigned: (number, contact, desk) => `Se le ha asignado la consulta ${number} de ${contact} (${desk}).`,
    comment: 'Comentario:',
    where: 'Lo que escribió el cliente está en la bandeja de entrada, no en este correo.',
  },
  bytes: (count) => sizeIn('es', count, ['bytes', 'kB', 'MB']),
};

const accessMail: AccessMailTexts = {
  line: (seq, check) =>
    `Esta es la línea ${seq} de la lista «Quién hizo qué», y su código de control es ${check}: con este correo podrá comprobar más adelante si la lista se ha acortado o reescrito.`,
  'access-asked': {
    subject: (number, desk) => `${desk} solicita un acceso temporal (${number})`,
    happened: (number, desk, time) =>
      `Un agente de ${desk} solicita un acceso temporal a su tienda para atender su consulta ${number}: ${time}.`,
    hint: 'No envíe contraseñas por correo ni en un mensaje. En este enlace, lo que introduzca se cifra en su dispositivo y usted elige durante cuánto tiempo se puede leer.',
    follow: 'Vea quién lo solicita y por qué, y responda o rechace:',
  },
  'access-opened': {
    subject: (number) => `Se ha abierto su acceso (${number})`,
    happened: (number, desk, time) => `Un agente de ${desk} ha abierto el acceso que facilitó para su consulta ${number}: ${time}.`,
    hint: '',
    follow: 'Vea quién ha sido y por qué, o elimínelo ahora:',
  },
  'access-ended': {
    subject: (number) => `Se ha eliminado su acceso (${number})`,
    happened: (number, desk, time) =>
      `El acceso que facilitó a ${desk} para su consulta ${number} se ha eliminado de nuestros sistemas: ${time}.`,
    hint: 'Cierre también la puerta en su tienda: elimine la cuenta, cambie la contraseña o quite la clave.',
    follow: 'Lo que queda por hacer:',
  },
  'access-reminder': {
    subject: (number) => `¿Ha cerrado la puerta? (${number})`,
    happened: (number, desk, time) =>
      `El acceso que facilitó a ${desk} para su consulta ${number} ha terminado: ${time}. Queda algo por hacer en su tienda.`,
    hint: 'Mientras no elimine la cuenta, cambie la contraseña o quite la clave, el acceso sigue funcionando allí.',
    follow: 'Lo que queda por hacer:',
  },
  'access-offered': {
    subject: (number, desk) => `[${number}] Un cliente ofrece acceso (${desk})`,
    happened: (number, desk, time) => `El cliente de la consulta ${number} (${desk}) ofrece un acceso temporal: ${time}.`,
    hint: 'Acéptelo o rechácelo en la bandeja de entrada. Antes no se puede introducir nada.',
    follow: '',
  },
};

const pages: PageTexts = {
  form: {
    heading: 'Escríbanos',
    intro: 'Después de enviarlo recibirá un correo con un enlace. Leeremos su mensaje cuando lo haya confirmado.',
    contact: '¿A quién desea escribir?',
    choose: 'Elija',
    preSale: 'Tengo una duda antes de comprar',
    preSaleHint: 'Sin número de pedido.',
    name: 'Nombre',
    email: 'Correo electrónico',
    order: 'Número de pedido',
    optional: 'opcional',
    subject: 'Asunto',
    message: 'Mensaje',
    files: 'Archivos',
    fileLimits: (count, shown, perFile, all) =>
      count > 1 ? `Hasta ${shown} archivos de ${perFile} cada uno, ${all} en total.` : `Un archivo de hasta ${perFile}.`,
    leaveEmpty: 'Deje este campo vacío',
    send: 'Enviar mensaje',
    otherWays: 'Otras formas de contacto',
  },
  problems: {
    required: (label) => `${label}: campo obligatorio.`,
    'too-short': (label, limit) => `${label}: escriba al menos ${limit} caracteres.`,
    'too-long': (label, limit) => `${label}: como máximo ${limit} caracteres.`,
    invalid: (label) => `${label}: compruebe este dato.`,
    'not-allowed': (label) => `${label}: deje este campo vacío.`,
    unknown: (label) => `${label}: ya no lo encontramos.`,
    'too-many': (label, limit) => `${label}: como máximo ${limit}.`,
    'too-large': (label, limit) => `${label}: como máximo ${limit}.`,
    'not-finished': (label) => `${label}: no ha llegado todo.`,
  },
  problemContact: 'Elija a quién desea escribir.',
  problemEmail: 'Correo electrónico: escriba una dirección como nombre@ejemplo.com.',
  files: {
    wrongType: (name) => `${name}: la tienda no admite este tipo de archivo.`,
    tooLarge: (name, limit) => `${name}: supera ${limit}. Elija un archivo más pequeño.`,
    chooseAgain: (names) => `Los navegadores no conservan los archivos elegidos. Para enviarlos, elíjalos de nuevo: ${names}.`,
  },
  summary: (count, shown) => plural('es', count, { one: 'Un dato que corregir', other: `${shown} datos que corregir` }),
  notSent: 'Su mensaje no se ha enviado',
  kept: 'Todo lo que ha escrito está en el formulario de abajo.',
  notKept: 'Lo que ha escrito sigue en la página anterior: vuelva a ella con su navegador.',
  errors: {
    sendFromHere: 'La página de la que viene no indica a qué tienda pertenece. Revise su mensaje y envíelo desde aquí.',
    notAllowed: 'La tienda no recibe mensajes desde la página de la que viene.',
    looksAutomated: 'Nuestro filtro ha tomado el mensaje por el de un robot. Envíelo otra vez o utilice otra forma de contacto.',
    noDesk: 'Este formulario no está conectado a ninguna tienda.',
    tooLarge: 'Es más de lo que la tienda admite de una vez. Acorte el mensaje o envíe menos archivos o más pequeños.',
    broken: 'Su mensaje no ha llegado entero. Envíelo otra vez.',
    tooMany: (wait) => `Demasiados mensajes en poco tiempo. Vuelva a intentarlo dentro de ${wait}.`,
    linkWaits:
      'Ya hemos enviado un enlace a esta dirección y aún no se ha usado. Busque ese correo y ábralo primero; después podrá enviar también este mensaje.',
    busy: 'La tienda no puede recibir mensajes en este momento. Vuelva a intentarlo un poco más tarde.',
    internal: 'Ha habido un problema por nuestra parte. Vuelva a intentarlo.',
  },
  held: {
    title: 'Consulte su correo',
    sent: (email) => `Hemos enviado un correo a ${email}.`,
    what: 'Abra el enlace que contiene y confirme su mensaje. Solo entonces lo recibimos y se le asigna un número.',
    until: (time) => `El enlace sirve hasta el ${time}. Después, su mensaje se elimina.`,
    notArrived:
      '¿No llega ningún correo en unos minutos? Mire en la carpeta de correo no deseado (spam) y compruebe la dirección de arriba. Si es incorrecta, vuelva atrás y envíe el mensaje de nuevo.',
  },
  confirm: {
    title: '¿Es suyo este mensaje?',
    ask: (desk, time) => `Se ha escrito un mensaje a ${desk} con su dirección: ${time}.`,
    hint: 'Se entregará cuando lo confirme. Si no lo ha escrito usted, elimínelo o no haga nada.',
    confirm: 'Sí, entregar mi mensaje',
    discard: 'No, eliminarlo',
  },
  filed: {
    title: 'Hemos recibido su mensaje',
    number: 'Su número de consulta',
    keep: 'Anote este número: nos ayuda a encontrar su mensaje si vuelve a contactarnos.',
    contact: (name) => `Destinatario: ${name}.`,
    due: (time) => `Le responderemos antes del ${time}.`,
    mailQueued: 'Le enviamos un correo con este número.',
    mailWithheld: 'Esta vez no recibirá ningún correo con este número.',
  },
  discarded: { title: 'El mensaje se ha eliminado', text: 'Nadie lo ha leído.' },
  gone: {
    title: 'Este enlace ya no funciona',
    text: 'El mensaje se ha eliminado o el enlace tiene más de un día. Escríbanos de nuevo. Si ha copiado el enlace, compruebe que esté completo.',
  },
  refused: {
    title: 'Este mensaje ya no se puede entregar',
    text: 'La tienda ha cambiado lo que admite desde que lo escribió. Escríbanos de nuevo.',
  },
  writeAgain: 'Escribir un mensaje',
};

export const es: ServerTexts = { dir: 'ltr', mail, accessMail, pages };
