/** What the commonest passwords are made of, once digits, signs and look-alikes are taken away. */
export const commonWords: ReadonlySet<string> = new Set(
  `password passwort passwd pass kennwort geheim secret letmein welcome willkommen hello hallo login admin administrator root superuser user
  test testing guest changeme default master qwerty qwertz qwertyuiop qwertzuiop asdf asdfgh asdfghjkl yxcvbnm zxcvbnm qazwsx abc abcd abcdef
  abcdefg abcdefgh iloveyou sunshine princess football baseball monkey dragon shadow superman batman starwars trustno michael jordan harley
  ranger hunter buster soccer hockey killer george charlie andrew thomas daniel jessica jennifer summer winter spring autumn sommer herbst
  fruehling january february march april june july august september october november december monday friday amazon orderbus seller sellercentral
  shop store company firma warehouse orders orderbusadmin amazonseller correcthorsebatterystaple`.split(/\s+/),
);
