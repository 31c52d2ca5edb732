import type { Language } from './language.ts';

/** Everything that is printed and not data. The compiler names what a language lacks. */
export interface Words {
  readonly packingSlip: string;
  readonly pickList: string;
  readonly invoice: string;
  readonly creditMemo: string;
  readonly canceled: (on: string) => string;
  readonly shipTo: string;
  readonly billTo: string;
  readonly from: string;
  readonly order: string;
  readonly channelOrder: string;
  readonly orderedOn: string;
  readonly shipBy: string;
  readonly number: string;
  readonly date: string;
  readonly quantity: string;
  readonly article: string;
  readonly sku: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly parcel: (number: number, of: number) => string;
  readonly giftMessage: string;
  readonly gift: string;
  readonly instruction: string;
  readonly addressRemoved: (on: string) => string;
  readonly addressUnknown: string;
  readonly units: (count: string) => string;
  readonly orders: (count: string) => string;
  readonly location: string;
  readonly noLocation: string;
  readonly picked: string;
  readonly shipping: string;
  readonly giftWrap: string;
  readonly discount: string;
  readonly other: string;
  readonly tip: string;
  readonly goods: string;
  readonly tax: string;
  readonly taxTable: string;
  readonly net: string;
  readonly rate: string;
  readonly total: string;
  readonly included: string;
  readonly taxIncluded: string;
  readonly byMarketplace: string;
  readonly bySeller: string;
  readonly marketplaceNote: string;
  readonly vatId: string;
  readonly buyerVatId: string;
  readonly refundTotal: string;
  readonly adjustment: string;
  readonly fee: string;
  readonly paidInFull: string;
}

export const words: Readonly<Record<Language, Words>> = {
  en: {
    ...{
      packingSlip: 'Packing slip',
      pickList: 'Pick list',
      invoice: 'Invoice',
      creditMemo: 'Credit memo',
      canceled: (on) => `Canceled on ${on}`,
    },
    ...{
      shipTo: 'Ship to',
      billTo: 'Bill to',
      from: 'From',
      order: 'Order',
      channelOrder: 'Amazon order',
      orderedOn: 'Ordered on',
      shipBy: 'Ship by',
    },
    ...{ number: 'Number', date: 'Date', quantity: 'Qty', article: 'Item', sku: 'SKU', unitPrice: 'Price', amount: 'Amount' },
    ...{
      parcel: (number, of) => `Parcel ${number} of ${of}`,
      giftMessage: 'Gift message',
      gift: 'Gift wrap',
      instruction: 'Delivery instructions',
    },
    ...{ addressRemoved: (on) => `Address removed on ${on}`, addressUnknown: 'Address unknown' },
    ...{ units: (count) => `Units: ${count}`, orders: (count) => `Orders: ${count}` },
    ...{ location: 'Location', noLocation: 'No location', picked: 'Picked' },
    ...{ shipping: 'Shipping', giftWrap: 'Gift wrap', discount: 'Discount', other: 'Other', tip: 'Tip', goods: 'Items', tax: 'Tax' },
    ...{ taxTable: 'Tax', net: 'Net', rate: 'Rate', total: 'Total', included: 'included', taxIncluded: 'Prices include tax.' },
    ...{ byMarketplace: 'Amazon', bySeller: 'Seller', marketplaceNote: 'Amazon has collected the tax marked “Amazon” and remits it.' },
    ...{ vatId: 'VAT ID', buyerVatId: 'Buyer’s tax number', refundTotal: 'Total refunded', adjustment: 'Adjustment', fee: 'Fee kept' },
    paidInFull: 'Paid through Amazon.',
  },
  de: {
    ...{
      packingSlip: 'Lieferschein',
      pickList: 'Pickliste',
      invoice: 'Rechnung',
      creditMemo: 'Rechnungskorrektur',
      canceled: (on) => `Storniert am ${on}`,
    },
    ...{ shipTo: 'Lieferadresse', billTo: 'Rechnung an', from: 'Absender', order: 'Bestellung', channelOrder: 'Amazon-Bestellung' },
    ...{
      orderedOn: 'Bestellt am',
      shipBy: 'Versand bis',
      number: 'Nummer',
      date: 'Datum',
      quantity: 'Menge',
      article: 'Artikel',
      sku: 'SKU',
    },
    ...{ unitPrice: 'Preis', amount: 'Betrag', parcel: (number, of) => `Paket ${number} von ${of}`, giftMessage: 'Grußbotschaft' },
    ...{ gift: 'Geschenkverpackung', instruction: 'Hinweise zur Zustellung', addressRemoved: (on) => `Adresse gelöscht am ${on}` },
    ...{ addressUnknown: 'Adresse unbekannt', units: (count) => `Stück: ${count}`, orders: (count) => `Bestellungen: ${count}` },
    ...{ location: 'Lagerplatz', noLocation: 'Ohne Lagerplatz', picked: 'Erledigt' },
    ...{ shipping: 'Versand', giftWrap: 'Geschenkverpackung', discount: 'Rabatt', other: 'Sonstiges', tip: 'Trinkgeld', goods: 'Artikel' },
    ...{ tax: 'Steuer', taxTable: 'Steuern', net: 'Netto', rate: 'Satz', total: 'Gesamtbetrag', included: 'enthalten' },
    ...{ taxIncluded: 'Die Preise enthalten die Umsatzsteuer.', byMarketplace: 'Amazon', bySeller: 'Verkäufer' },
    marketplaceNote: 'Amazon hat die mit „Amazon“ bezeichnete Steuer eingezogen und führt sie ab.',
    ...{ vatId: 'USt-IdNr.', buyerVatId: 'Steuernummer des Käufers', refundTotal: 'Erstattung gesamt', adjustment: 'Anpassung' },
    ...{ fee: 'Einbehaltene Gebühr', paidInFull: 'Über Amazon bezahlt.' },
  },
  fr: {
    ...{
      packingSlip: 'Bon de livraison',
      pickList: 'Liste de prélèvement',
      invoice: 'Facture',
      creditMemo: 'Avoir',
      canceled: (on) => `Annulée le ${on}`,
    },
    ...{ shipTo: 'Adresse de livraison', billTo: 'Facturé à', from: 'Expéditeur', order: 'Commande', channelOrder: 'Commande Amazon' },
    ...{
      orderedOn: 'Commandée le',
      shipBy: 'À expédier avant',
      number: 'Numéro',
      date: 'Date',
      quantity: 'Qté',
      article: 'Article',
      sku: 'SKU',
    },
    ...{ unitPrice: 'Prix', amount: 'Montant', parcel: (number, of) => `Colis ${number} sur ${of}`, giftMessage: 'Message cadeau' },
    ...{ gift: 'Emballage cadeau', instruction: 'Instructions de livraison', addressRemoved: (on) => `Adresse supprimée le ${on}` },
    ...{ addressUnknown: 'Adresse inconnue', units: (count) => `Unités : ${count}`, orders: (count) => `Commandes : ${count}` },
    ...{ location: 'Emplacement', noLocation: 'Sans emplacement', picked: 'Prélevé' },
    ...{ shipping: 'Livraison', giftWrap: 'Emballage cadeau', discount: 'Remise', other: 'Divers', tip: 'Pourboire', goods: 'Articles' },
    ...{
      tax: 'Taxe',
      taxTable: 'Taxes',
      net: 'Hors taxe',
      rate: 'Taux',
      total: 'Total',
      included: 'incluse',
      taxIncluded: 'Les prix sont TTC.',
    },
    ...{ byMarketplace: 'Amazon', bySeller: 'Vendeur', marketplaceNote: 'Amazon a perçu la taxe marquée « Amazon » et la reverse.' },
    ...{
      vatId: 'N° TVA',
      buyerVatId: 'N° fiscal de l’acheteur',
      refundTotal: 'Total remboursé',
      adjustment: 'Ajustement',
      fee: 'Frais retenus',
    },
    paidInFull: 'Payé par Amazon.',
  },
  es: {
    ...{ packingSlip: 'Albarán de entrega', pickList: 'Lista de recogida', invoice: 'Factura', creditMemo: 'Factura rectificativa' },
    ...{ canceled: (on) => `Anulada el ${on}`, shipTo: 'Dirección de envío', billTo: 'Facturar a', from: 'Remitente', order: 'Pedido' },
    ...{ channelOrder: 'Pedido de Amazon', orderedOn: 'Fecha del pedido', shipBy: 'Enviar antes del', number: 'Número', date: 'Fecha' },
    ...{ quantity: 'Cant.', article: 'Artículo', sku: 'SKU', unitPrice: 'Precio', amount: 'Importe' },
    ...{ parcel: (number, of) => `Paquete ${number} de ${of}`, giftMessage: 'Mensaje de regalo', gift: 'Envuelto para regalo' },
    ...{
      instruction: 'Instrucciones de entrega',
      addressRemoved: (on) => `Dirección eliminada el ${on}`,
      addressUnknown: 'Dirección desconocida',
    },
    ...{ units: (count) => `Unidades: ${count}`, orders: (count) => `Pedidos: ${count}` },
    ...{ location: 'Ubicación', noLocation: 'Sin ubicación', picked: 'Recogido' },
    ...{ shipping: 'Envío', giftWrap: 'Envoltorio de regalo', discount: 'Descuento', other: 'Otros', tip: 'Propina', goods: 'Artículos' },
    ...{ tax: 'Impuesto', taxTable: 'Impuestos', net: 'Base', rate: 'Tipo', total: 'Total', included: 'incluido' },
    ...{ taxIncluded: 'Los precios incluyen impuestos.', byMarketplace: 'Amazon', bySeller: 'Vendedor' },
    marketplaceNote: 'Amazon ha recaudado el impuesto marcado «Amazon» y lo ingresa.',
    ...{ vatId: 'NIF-IVA', buyerVatId: 'NIF del comprador', refundTotal: 'Total reembolsado', adjustment: 'Ajuste', fee: 'Cargo retenido' },
    paidInFull: 'Pagado a través de Amazon.',
  },
  it: {
    ...{ packingSlip: 'Documento di trasporto', pickList: 'Lista di prelievo', invoice: 'Fattura', creditMemo: 'Nota di credito' },
    ...{
      canceled: (on) => `Annullata il ${on}`,
      shipTo: 'Indirizzo di consegna',
      billTo: 'Intestata a',
      from: 'Mittente',
      order: 'Ordine',
    },
    ...{ channelOrder: 'Ordine Amazon', orderedOn: 'Data dell’ordine', shipBy: 'Spedire entro', number: 'Numero', date: 'Data' },
    ...{ quantity: 'Qtà', article: 'Articolo', sku: 'SKU', unitPrice: 'Prezzo', amount: 'Importo' },
    ...{ parcel: (number, of) => `Collo ${number} di ${of}`, giftMessage: 'Messaggio regalo', gift: 'Confezione regalo' },
    ...{
      instruction: 'Istruzioni di consegna',
      addressRemoved: (on) => `Indirizzo rimosso il ${on}`,
      addressUnknown: 'Indirizzo sconosciuto',
    },
    ...{ units: (count) => `Pezzi: ${count}`, orders: (count) => `Ordini: ${count}` },
    ...{ location: 'Ubicazione', noLocation: 'Senza ubicazione', picked: 'Prelevato' },
    ...{ shipping: 'Spedizione', giftWrap: 'Confezione regalo', discount: 'Sconto', other: 'Altro', tip: 'Mancia', goods: 'Articoli' },
    ...{ tax: 'Imposta', taxTable: 'Imposte', net: 'Imponibile', rate: 'Aliquota', total: 'Totale', included: 'inclusa' },
    ...{ taxIncluded: 'I prezzi includono l’IVA.', byMarketplace: 'Amazon', bySeller: 'Venditore' },
    marketplaceNote: 'Amazon ha riscosso l’imposta contrassegnata «Amazon» e la versa.',
    ...{ vatId: 'Partita IVA', buyerVatId: 'Codice fiscale dell’acquirente', refundTotal: 'Totale rimborsato', adjustment: 'Rettifica' },
    ...{ fee: 'Trattenuta', paidInFull: 'Pagato tramite Amazon.' },
  },
  ja: {
    ...{ packingSlip: '納品書', pickList: 'ピッキングリスト', invoice: '請求書', creditMemo: '返金明細書', canceled: (on) => `${on} 取消` },
    ...{
      shipTo: 'お届け先',
      billTo: '請求先',
      from: '発送元',
      order: '注文番号',
      channelOrder: 'Amazon注文番号',
      orderedOn: '注文日',
      shipBy: '出荷期限',
    },
    ...{ number: '番号', date: '発行日', quantity: '数量', article: '商品', sku: 'SKU', unitPrice: '単価', amount: '金額' },
    ...{ parcel: (number, of) => `荷物 ${number}/${of}`, giftMessage: 'ギフトメッセージ', gift: 'ギフト包装', instruction: '配送指示' },
    ...{ addressRemoved: (on) => `住所は${on}に削除されました`, addressUnknown: '住所不明' },
    ...{ units: (count) => `点数：${count}`, orders: (count) => `注文数：${count}` },
    ...{ location: 'ロケーション', noLocation: 'ロケーションなし', picked: '済' },
    ...{ shipping: '送料', giftWrap: 'ギフト包装料', discount: '割引', other: 'その他', tip: 'チップ', goods: '商品' },
    ...{ tax: '消費税', taxTable: '税', net: '税抜金額', rate: '税率', total: '合計', included: '内税', taxIncluded: '価格は税込です。' },
    ...{ byMarketplace: 'Amazon', bySeller: '販売者', marketplaceNote: '「Amazon」と記載の税はAmazonが徴収し納付します。' },
    ...{
      vatId: '登録番号',
      buyerVatId: '購入者の税番号',
      refundTotal: '返金合計',
      adjustment: '調整',
      fee: '差引手数料',
      paidInFull: 'Amazonを通じて支払済み。',
    },
  },
};
