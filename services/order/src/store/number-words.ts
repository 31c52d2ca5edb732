/** SQL: the words of a number of ours, in this column. A shop's has a name in front, and nobody says the zeros. None of a number that is null. */
export const wordsInNumber = (column: string): string =>
  `array_remove(array_remove(regexp_split_to_array(lower(${column}), '[^[:alnum:]]+')
     || regexp_replace(lower(${column}), '[^[:alnum:]]+', '', 'g') || ltrim(substring(${column} from '[0-9]+$'), '0'), ''), null)`;
