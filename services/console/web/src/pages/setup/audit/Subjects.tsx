import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OrderLink } from '../../../ui/OrderLink.tsx';
import { StoreName } from '../../../ui/StoreName.tsx';

const kinds = [
  ...(['order', 'person', 'key', 'store', 'shipment', 'invoice', 'creditMemo'] as const),
  ...(['sku', 'location', 'view', 'webhook', 'alert', 'command', 'feed'] as const),
] as const;

/** Of a long id its beginning; numbers and names are not cut. */
const shortened = (id: string): string => (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id) ? id.slice(0, 8) : id);

/** The ids of the orders that entries are about. */
export const orderIdsIn = (entries: readonly { readonly subjects: readonly string[] }[]): string[] =>
  entries.flatMap(({ subjects }) => subjects.filter((one) => one.startsWith('order:')).map((one) => one.slice('order:'.length)));

export interface SubjectProps {
  readonly subject: string;
  /** From `useOrderNames`. */
  readonly orderName: (id: string) => string;
}

/** What an entry is about, with a way there. */
export const Subject = ({ subject, orderName }: SubjectProps) => {
  const { t } = useTranslation('audit');
  const [kind = '', ...rest] = subject.split(':');
  const id = rest.join(':');
  const known = kinds.find((one) => one === kind);
  const word = known ? t(`subjects.${known}`) : kind;
  if (kind === 'order') return <OrderLink reference={id}>{`${word} ${orderName(id)}`}</OrderLink>;
  if (kind === 'person') return <Link to="/setup/people" search={{ person: id } as never}>{`${word} ${shortened(id)}`}</Link>;
  if (kind === 'store') return <StoreName id={id} />;
  return `${word} ${shortened(id)}`;
};

/** In a row: the first, and how many more. */
export const Subjects = ({ subjects, orderName }: Pick<SubjectProps, 'orderName'> & { readonly subjects: readonly string[] }) => {
  const first = subjects.find((one) => !one.startsWith('store:')) ?? subjects[0];
  if (first === undefined) return null;
  const others = subjects.filter((one) => one !== first && !one.startsWith('store:')).length;
  return (
    <>
      <Subject subject={first} orderName={orderName} />
      {others > 0 && ` + ${others}`}
    </>
  );
};
