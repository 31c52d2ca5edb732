import type en from './problems.en.ts';

export default {
  title: 'Das hat nicht geklappt',
  unreachable: 'Orderbus antwortet nicht. Es wurde nichts geändert; versuch es noch einmal, wenn es wieder da ist.',
  unexpected: 'Es ist etwas passiert, was nicht passieren sollte. Mehr als in den Zeilen darunter ist nicht bekannt.',
  away: '{{service}} ist gerade nicht da. Was du siehst, kann unvollständig sein; geändert wurde nichts.',
  forbidden: 'Das darfst du nicht.',
  notFound: 'Das gibt es nicht, oder es gehört zu einem Konto, das du nicht siehst.',
  conflict: 'Inzwischen hat es sich geändert. Sieh es dir noch einmal an und entscheide dann.',
  tooMany: 'Zu viele Anfragen. Es geht gleich von selbst weiter.',
  reference: 'Kennung {{id}}',
} satisfies typeof en;
