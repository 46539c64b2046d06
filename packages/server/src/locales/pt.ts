import type { AccessMailTexts } from '../mail/access-mail-texts.js';
import type { MailTexts } from '../mail/texts.js';
import type { PageTexts } from '../pages/texts.js';
import { plural } from './plural.js';
import type { ServerTexts } from './server-texts.js';
import { sizeIn } from './size-in.js';

const mail: MailTexts = {
  confirmation: {
    subject: (number, desk) => `O seu ticket ${number} em ${desk}`,
    greeting: 'Olá,',
    received: (contact, desk) => `A sua mensagem chegou a ${desk} (${contact}).`,
    number: (number) => `O número do ticket é ${number}. Indique-o se voltar a escrever sobre este assunto.`,
    due: (time) => `Respondemos até ${time}.`,
    follow: 'Pode acompanhar o seu ticket aqui. Em outro dispositivo, entre com este endereço:',
    notYou: 'A mensagem não é sua? Então alguém escreveu o seu endereço por engano; não é preciso fazer nada.',
    otherWays: 'Outras formas de atendimento:',
    automatic: 'Este e-mail foi enviado automaticamente.',
  },
  answer: {
    subject: (number, desk) => `Resposta ao seu ticket ${number} em ${desk}`,
    answered: (number, contact, desk) => `${desk} (${contact}) respondeu ao seu ticket ${number}.`,
    read: 'Leia a resposta aqui:',
    readAndReply: 'Leia tudo e responda aqui:',
  },
  closed: {
    subject: (number, desk) => `O seu ticket ${number} em ${desk} está fechado`,
    closed: (number, desk) => `O seu ticket ${number} em ${desk} foi fechado.`,
    reopen: (time) => `Ficou algo por resolver? Pode reabri-lo até ${time}.`,
    read: 'Está aqui:',
  },
  signIn: {
    subject: (desk) => `Entrar em ${desk}`,
    open: (desk) => `Este link mostra os seus tickets em ${desk}:`,
    short: 'Serve uma só vez, durante dez minutos. Abra-o no navegador em que o pediu.',
    notYou: 'Não foi um pedido seu? Não faça nada e não o passe a ninguém: quem tem o link pode ler os seus tickets.',
  },
  held: {
    subject: (desk) => `Confirme a sua mensagem a ${desk}`,
    confirm: (desk) => `Alguém escreveu a ${desk} com este endereço. A mensagem é sua? Abra esta página e confirme-a:`,
    until: (time) => `Ninguém a lê antes disso. Fica guardada até ${time} e depois é apagada.`,
    notYou: 'Não é sua? Não é preciso fazer nada, ou pode apagar a mensagem na mesma página.',
  },
  notification: {
    labelled: (label) => `${label}:`,
    preSale: 'antes da compra',
    labels: {
      number: 'Ticket',
      contact: 'Destinatário',
      from: 'De',
      orderReference: 'Compra',
      received: 'Recebido',
      due: 'Responder até',
      language: 'Idioma',
      subject: 'Assunto',
      files: 'Anexos',
    },
    filesNotAttached: 'grande demais para um e-mail, guardado no servidor',
    reply: 'A resposta a este e-mail vai para o cliente. O endereço é o que ele escreveu e não foi verificado.',
    notKept: 'Esta mensagem e os seus anexos não ficam no servidor: este e-mail é a única cópia.',
  },
  assignment: {
    subject: (number, desk) => `[${number}] está a seu cargo (${desk})`,
    assigned: (number, contact, desk) => `O ticket ${number} de ${contact} (${desk}) foi-lhe atribuído.`,
    comment: 'Comentário:',
    where: 'O que o cliente escreveu está na caixa de entrada e não neste e-mail.',
  },
  bytes: (count) => sizeIn('pt', count, ['bytes', 'kB', 'MB']),
};

const accessMail: AccessMailTexts = {
  line: (seq, check) =>
    `Esta é a linha ${seq} da lista “Quem fez o quê”, e o seu código de verificação é ${check}: com este e-mail poderá verificar mais tarde se a lista foi encurtada ou reescrita.`,
  'access-asked': {
    subject: (number, desk) => `${desk} pede acesso temporário (${number})`,
    happened: (number, desk, time) =>
      `Um agente de ${desk} pede acesso temporário à sua loja para tratar do seu ticket ${number}: ${time}.`,
    hint: 'Não envie senhas por e-mail nem em mensagens. Neste link, o que escrever é cifrado no seu dispositivo, e a duração é escolha sua.',
    follow: 'Veja quem pede e o motivo, e responda ou recuse:',
  },
  'access-opened': {
    subject: (number) => `O seu acesso foi aberto (${number})`,
    happened: (number, desk, time) => `Um agente de ${desk} abriu o acesso que deu para o seu ticket ${number}: ${time}.`,
    hint: '',
    follow: 'Veja quem foi e o motivo, ou apague-o agora:',
  },
  'access-ended': {
    subject: (number) => `O seu acesso foi apagado (${number})`,
    happened: (number, desk, time) => `O acesso que deu a ${desk} para o seu ticket ${number} foi apagado do nosso lado: ${time}.`,
    hint: 'Agora feche também a porta na sua loja: apague a conta, mude a senha ou remova a chave.',
    follow: 'A lista do que falta fazer:',
  },
  'access-reminder': {
    subject: (number) => `A porta está fechada? (${number})`,
    happened: (number, desk, time) =>
      `O acesso que deu a ${desk} para o seu ticket ${number} terminou: ${time}. Falta fazer algo na sua loja.`,
    hint: 'Enquanto não apagar a conta, mudar a senha ou remover a chave, o acesso ainda funciona lá.',
    follow: 'A lista do que falta fazer:',
  },
  'access-offered': {
    subject: (number, desk) => `[${number}] Um cliente oferece acesso (${desk})`,
    happened: (number, desk, time) => `O cliente do ticket ${number} (${desk}) oferece acesso temporário: ${time}.`,
    hint: 'Aceite ou recuse na caixa de entrada. Antes disso, nada pode ser preenchido.',
    follow: '',
  },
};

const pages: PageTexts = {
  form: {
    heading: 'Escreva-nos',
    intro: 'Depois do envio, recebe um e-mail com um link. Lemos a sua mensagem assim que a confirmar.',
    contact: 'A quem quer escrever?',
    choose: 'Escolha',
    preSale: 'Tenho uma pergunta antes de comprar',
    preSaleHint: 'Sem número da compra.',
    name: 'Nome',
    email: 'E-mail',
    order: 'Número da compra',
    optional: 'opcional',
    subject: 'Assunto',
    message: 'Mensagem',
    files: 'Anexos',
    fileLimits: (count, shown, perFile, all) =>
      count > 1 ? `Até ${shown} anexos de ${perFile} cada, ${all} no total.` : `Um anexo de até ${perFile}.`,
    leaveEmpty: 'Deixe este campo vazio',
    send: 'Enviar mensagem',
    otherWays: 'Outras formas de atendimento',
  },
  problems: {
    required: (label) => `${label}: campo obrigatório.`,
    'too-short': (label, limit) => `${label}: escreva pelo menos ${limit} caracteres.`,
    'too-long': (label, limit) => `${label}: no máximo ${limit} caracteres.`,
    invalid: (label) => `${label}: verifique este dado.`,
    'not-allowed': (label) => `${label}: deixe este campo vazio.`,
    unknown: (label) => `${label}: já não está disponível.`,
    'too-many': (label, limit) => `${label}: no máximo ${limit}.`,
    'too-large': (label, limit) => `${label}: no máximo ${limit}.`,
    'not-finished': (label) => `${label}: nem tudo chegou.`,
  },
  problemContact: 'Escolha a quem quer escrever.',
  problemEmail: 'E-mail: escreva um endereço como nome@exemplo.com.',
  files: {
    wrongType: (name) => `${name}: a loja não aceita este tipo de anexo.`,
    tooLarge: (name, limit) => `${name}: mais de ${limit}. Escolha um anexo menor.`,
    chooseAgain: (names) => `Os navegadores não guardam os anexos escolhidos. Para os enviar, escolha-os de novo: ${names}.`,
  },
  summary: (count, shown) => plural('pt', count, { one: `${shown} dado a corrigir`, other: `${shown} dados a corrigir` }),
  notSent: 'A mensagem não foi enviada',
  kept: 'Tudo o que escreveu está no formulário abaixo.',
  notKept: 'O que escreveu continua na página anterior: volte a ela com o seu navegador.',
  errors: {
    sendFromHere: 'A página de onde vem não nos diz a que loja pertence. Verifique a sua mensagem e envie-a daqui.',
    notAllowed: 'A loja não recebe mensagens da página de onde vem.',
    looksAutomated: 'O nosso filtro tomou a mensagem pela de um robô. Envie-a mais uma vez ou use outra forma de atendimento.',
    noDesk: 'Este formulário não está associado a nenhuma loja.',
    tooLarge: 'É mais do que a loja recebe de uma vez. Encurte a mensagem, ou envie menos anexos ou anexos menores.',
    broken: 'A mensagem não chegou inteira. Envie-a mais uma vez.',
    tooMany: (wait) => `Muitas mensagens em pouco tempo. Tente de novo dentro de ${wait}.`,
    linkWaits:
      'Já foi enviado um link para este endereço, ainda por usar. Procure esse e-mail e abra primeiro o link que contém; depois poderá enviar também esta mensagem.',
    busy: 'Neste momento, a loja não pode receber mensagens. Tente de novo um pouco mais tarde.',
    internal: 'Ocorreu um problema do nosso lado. Tente de novo.',
  },
  held: {
    title: 'Veja o seu e-mail',
    sent: (email) => `Foi enviado um e-mail para ${email}.`,
    what: 'Abra o link que ele contém e confirme a sua mensagem. Só então a recebemos e ela ganha um número.',
    until: (time) => `O link funciona até ${time}. Depois, a sua mensagem é apagada.`,
    notArrived:
      'Nenhum e-mail após alguns minutos? Veja na pasta de spam e verifique o endereço acima. Se estiver errado, volte atrás e envie a mensagem de novo.',
  },
  confirm: {
    title: 'Esta mensagem é sua?',
    ask: (desk, time) => `Foi escrita uma mensagem a ${desk} com o seu endereço: ${time}.`,
    hint: 'É entregue assim que a confirmar. Se não é sua, apague-a ou não faça nada.',
    confirm: 'Sim, entregar a mensagem',
    discard: 'Não, apagar',
  },
  filed: {
    title: 'Recebemos a sua mensagem',
    number: 'Número do ticket',
    keep: 'Anote este número: ajuda-nos a encontrar a sua mensagem se nos escrever de novo.',
    contact: (name) => `Destinatário: ${name}.`,
    due: (time) => `Respondemos até ${time}.`,
    mailQueued: 'Um e-mail com este número está a caminho.',
    mailWithheld: 'Desta vez não segue nenhum e-mail com este número.',
  },
  discarded: { title: 'A mensagem foi apagada', text: 'Ninguém a leu.' },
  gone: {
    title: 'Este link já não funciona',
    text: 'A mensagem foi apagada, ou o link tem mais de um dia. Escreva-nos de novo. Se copiou o link, verifique se está completo.',
  },
  refused: {
    title: 'Esta mensagem já não pode ser entregue',
    text: 'Desde que a escreveu, a loja mudou o que aceita. Escreva-nos de novo.',
  },
  writeAgain: 'Escrever uma mensagem',
};

export const pt: ServerTexts = { dir: 'ltr', mail, accessMail, pages };
