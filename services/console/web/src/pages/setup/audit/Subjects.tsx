import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OrderLink } from '../../../ui/OrderLink.tsx';

const kinds = ['order', 'person', 'key', 'store', 'shipment', 'invoice'] as const;

/** What an entry is about, with a way there. */
export const Subject = ({ subject }: { readonly subject: string }) => {
  const { t } = useTranslation('audit');
  const [kind = '', ...rest] = subject.split(':');
  const id = rest.join(':');
  const known = kinds.find((one) => one === kind);
  const word = known ? t(`subjects.${known}`) : kind;
  if (kind === 'order') return <OrderLink reference={id}>{`${word} ${id.slice(0, 8)}`}</OrderLink>;
  if (kind === 'person') return <Link to="/setup/people" search={{ person: id } as never}>{`${word} ${id.slice(0, 8)}`}</Link>;
  return known === 'store' || !known ? `${word} ${id}` : `${word} ${id.slice(0, 8)}`;
};

/** In a row: the first, and how many more. */
export const Subjects = ({ subjects }: { readonly subjects: readonly string[] }) => {
  const first = subjects.find((one) => !one.startsWith('store:')) ?? subjects[0];
  if (first === undefined) return null;
  const others = subjects.filter((one) => one !== first && !one.startsWith('store:')).length;
  return (
    <>
      <Subject subject={first} />
      {others > 0 && ` + ${others}`}
    </>
  );
};
