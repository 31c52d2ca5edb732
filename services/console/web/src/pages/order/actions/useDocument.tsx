import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { Choice } from './useParcel.tsx';

/** The document that is meant: the one that the dialog was opened for, else one of those with which it can be done. */
export const useDocument = <Document,>(
  documents: readonly Document[],
  isPossible: (document: Document) => boolean,
  words: { readonly idOf: (document: Document) => string; readonly nameOf: (document: Document) => string; readonly label: string },
  about: string | undefined,
): Choice<Document> => {
  const { idOf, nameOf, label } = words;
  const [possible] = useState(() => documents.filter(isPossible));
  const [id, setId] = useState(() => about ?? (possible[0] === undefined ? '' : idOf(possible[0])));
  const field = about === undefined && possible.length > 1 && (
    <NativeSelect
      label={label}
      value={id}
      data={possible.map((one) => ({ value: idOf(one), label: nameOf(one) }))}
      onChange={({ currentTarget: { value } }) => setId(value)}
    />
  );
  return { chosen: documents.find((one) => idOf(one) === id), field };
};
