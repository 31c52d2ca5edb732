/** Where carriers say how far a parcel is. Carriers that are not here show no link. */
const pages: Readonly<Record<string, (number: string) => string>> = {
  'australia post': (number) => `https://auspost.com.au/mypost/track/details/${number}`,
  bpost: (number) => `https://track.bpost.cloud/btr/web/#/search?itemCode=${number}`,
  'canada post': (number) => `https://www.canadapost-postescanada.ca/track-reperage/en#/details/${number}`,
  chronopost: (number) => `https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT=${number}`,
  colissimo: (number) => `https://www.laposte.fr/outils/suivre-vos-envois?code=${number}`,
  'deutsche post': (number) => `https://www.deutschepost.de/de/s/sendungsverfolgung.html?piececode=${number}`,
  dhl: (number) => `https://www.dhl.com/global-en/home/tracking.html?tracking-id=${number}`,
  'dhl ecommerce': (number) => `https://www.dhl.com/global-en/home/tracking.html?tracking-id=${number}`,
  dpd: (number) => `https://www.dpdgroup.com/be/mydpd/my-parcels/search?lang=en&parcelNumber=${number}`,
  evri: (number) => `https://www.evri.com/track/parcel/${number}`,
  fedex: (number) => `https://www.fedex.com/fedextrack/?trknbr=${number}`,
  gls: (number) => `https://gls-group.com/GROUP/en/parcel-tracking?match=${number}`,
  hermes: (number) => `https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation#${number}`,
  'la poste': (number) => `https://www.laposte.fr/outils/suivre-vos-envois?code=${number}`,
  ontrac: (number) => `https://www.ontrac.com/tracking/?number=${number}`,
  parcelforce: (number) => `https://www.parcelforce.com/track-trace?trackNumber=${number}`,
  'poste italiane': (number) => `https://www.poste.it/cerca/index.html#/risultati-spedizioni/${number}`,
  purolator: (number) => `https://www.purolator.com/en/shipping/tracker?pin=${number}`,
  'royal mail': (number) => `https://www.royalmail.com/track-your-item#/tracking-results/${number}`,
  seur: (number) => `https://www.seur.com/livetracking/?segOnlineIdentificador=${number}`,
  tnt: (number) => `https://www.tnt.com/express/en_gc/site/shipping-tools/tracking.html?searchType=con&cons=${number}`,
  ups: (number) => `https://www.ups.com/track?tracknum=${number}`,
  usps: (number) => `https://tools.usps.com/go/TrackConfirmAction?tLabels=${number}`,
  yodel: (number) => `https://www.yodel.co.uk/tracking/${number}`,
};

export const trackingPage = (carrier: string | undefined, trackingNumber: string | undefined): string | undefined =>
  trackingNumber === undefined ? undefined : pages[(carrier ?? '').trim().toLowerCase()]?.(encodeURIComponent(trackingNumber));
