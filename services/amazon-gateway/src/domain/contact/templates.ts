import type { ContactKind } from '@orderbus/contracts';
import { primaryOf } from './languages.ts';

/** A text to begin with, in the language of the buyer. What stands in brackets is for a person to fill in: without that it is not sent. */
export const templateFor = (contact: ContactKind, language: string, amazonOrderId: string): string | undefined =>
  templates[primaryOf(language)]?.[contact]?.replaceAll('{order}', amazonOrderId);

type Texts = { readonly [Kind in ContactKind]?: string };

export const templates: Readonly<Record<string, Texts>> = {
  en: {
    'confirm-customization':
      'About your order {order}: please check the details of your customization: [details]. Is this right? Please answer by [date], so that we can make it for you.',
    'confirm-delivery':
      'About the delivery of your order {order}: [what has to be arranged]. Please tell us which day and time suit you: [suggestions].',
    'confirm-order-details': 'About your order {order}: before we can ship it, we need to know: [question].',
    'confirm-service':
      'About the service that you have booked with order {order}: we could come on [days and times]. Which of them suits you?',
    'digital-access-key': 'Your key for order {order}: [key]. This is how you use it: [steps].',
    'unexpected-problem':
      'There is a problem with your order {order}: [what has happened]. We can offer you: [choices]. Please tell us what you prefer.',
  },
  de: {
    'confirm-customization':
      'Zu Ihrer Bestellung {order}: Bitte prüfen Sie die Angaben zur Anfertigung: [Angaben]. Ist das richtig? Bitte antworten Sie bis [Datum], damit wir sie anfertigen können.',
    'confirm-delivery':
      'Zur Lieferung Ihrer Bestellung {order}: [was zu vereinbaren ist]. Bitte nennen Sie uns Tag und Uhrzeit, die Ihnen passen: [Vorschläge].',
    'confirm-order-details': 'Zu Ihrer Bestellung {order}: Bevor wir sie versenden können, müssen wir wissen: [Frage].',
    'confirm-service':
      'Zur Dienstleistung, die Sie mit der Bestellung {order} gebucht haben: Wir könnten an diesen Tagen kommen: [Tage und Zeiten]. Was passt Ihnen?',
    'digital-access-key': 'Ihr Schlüssel zur Bestellung {order}: [Schlüssel]. So verwenden Sie ihn: [Schritte].',
    'unexpected-problem':
      'Mit Ihrer Bestellung {order} gibt es ein Problem: [was geschehen ist]. Wir können Ihnen anbieten: [Möglichkeiten]. Bitte teilen Sie uns mit, was Ihnen lieber ist.',
  },
  fr: {
    'confirm-customization':
      'À propos de votre commande {order} : merci de vérifier les détails de la personnalisation : [détails]. Est-ce exact ? Merci de répondre avant le [date] afin que nous puissions la réaliser.',
    'confirm-delivery':
      'À propos de la livraison de votre commande {order} : [ce qu’il faut convenir]. Merci de nous indiquer le jour et l’heure qui vous conviennent : [propositions].',
    'confirm-order-details': 'À propos de votre commande {order} : avant de l’expédier, nous devons savoir : [question].',
    'confirm-service':
      'À propos du service réservé avec la commande {order} : nous pourrions venir aux dates suivantes : [jours et heures]. Laquelle vous convient ?',
    'digital-access-key': 'Votre clé pour la commande {order} : [clé]. Voici comment l’utiliser : [étapes].',
    'unexpected-problem':
      'Il y a un problème avec votre commande {order} : [ce qui s’est passé]. Nous pouvons vous proposer : [choix]. Merci de nous dire ce que vous préférez.',
  },
  es: {
    'confirm-customization':
      'Sobre su pedido {order}: compruebe por favor los detalles de la personalización: [detalles]. ¿Es correcto? Responda por favor antes del [fecha] para que podamos fabricarlo.',
    'confirm-delivery':
      'Sobre la entrega de su pedido {order}: [qué hay que acordar]. Indíquenos por favor el día y la hora que le convienen: [propuestas].',
    'confirm-order-details': 'Sobre su pedido {order}: antes de enviarlo necesitamos saber: [pregunta].',
    'confirm-service':
      'Sobre el servicio que ha reservado con el pedido {order}: podríamos ir en estas fechas: [días y horas]. ¿Cuál le conviene?',
    'digital-access-key': 'Su clave para el pedido {order}: [clave]. Se usa así: [pasos].',
    'unexpected-problem':
      'Hay un problema con su pedido {order}: [qué ha pasado]. Podemos ofrecerle: [opciones]. Díganos por favor qué prefiere.',
  },
  it: {
    'confirm-customization':
      'Riguardo al suo ordine {order}: controlli per favore i dettagli della personalizzazione: [dettagli]. È corretto? Risponda per favore entro il [data], così possiamo realizzarlo.',
    'confirm-delivery':
      'Riguardo alla consegna del suo ordine {order}: [che cosa concordare]. Ci indichi per favore il giorno e l’ora che preferisce: [proposte].',
    'confirm-order-details': 'Riguardo al suo ordine {order}: prima di spedirlo dobbiamo sapere: [domanda].',
    'confirm-service':
      'Riguardo al servizio prenotato con l’ordine {order}: potremmo venire in queste date: [giorni e ore]. Quale preferisce?',
    'digital-access-key': 'La sua chiave per l’ordine {order}: [chiave]. Si usa così: [passaggi].',
    'unexpected-problem':
      'C’è un problema con il suo ordine {order}: [che cosa è successo]. Possiamo offrirle: [possibilità]. Ci dica per favore che cosa preferisce.',
  },
  ja: {
    'confirm-customization':
      'ご注文 {order} について:カスタマイズの内容をご確認ください:[内容]。こちらでよろしいでしょうか。制作のため、[日付]までにご返信をお願いいたします。',
    'confirm-delivery': 'ご注文 {order} の配送について:[調整したい内容]。ご都合のよい日時をお知らせください:[候補]。',
    'confirm-order-details': 'ご注文 {order} について:発送の前に確認させてください:[質問]。',
    'confirm-service': 'ご注文 {order} のサービスについて:次の日時にお伺いできます:[日時]。ご都合のよい日時をお知らせください。',
    'digital-access-key': 'ご注文 {order} のアクセスキー:[キー]。ご利用方法:[手順]。',
    'unexpected-problem': 'ご注文 {order} に問題が発生しました:[状況]。次のいずれかをご提案いたします:[選択肢]。ご希望をお知らせください。',
  },
};
