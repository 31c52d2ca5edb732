import { Link, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { number } from '../../ui/format.ts';
import classes from './KeyNumbers.module.css';

interface KeyNumberProps {
  readonly label: string;
  /** Absent: it is not known yet. */
  readonly value: number | undefined;
  /** What stands beneath it: what the number means. */
  readonly means: string;
  /** A number above zero wants somebody to act. */
  readonly tone: 'plain' | 'attention' | 'stopped';
  readonly to: Pick<LinkProps, 'to' | 'search'>;
}

/** Four numbers that lead somewhere. */
export const KeyNumbers = ({ numbers }: { readonly numbers: readonly KeyNumberProps[] }) => {
  const { t } = useTranslation('today');
  return (
    <ul className={classes.numbers} aria-label={t('key.label')}>
      {numbers.map((one) => (
        <li key={one.label}>
          <KeyNumber {...one} />
        </li>
      ))}
    </ul>
  );
};

const KeyNumber = ({ label, value, means, tone, to }: KeyNumberProps) => (
  <Link {...(to as LinkProps)} className={classes.number} data-tone={value ? tone : 'plain'}>
    <span className={classes.label}>{label}</span>
    <span className={classes.value}>{value === undefined ? '–' : number(value)}</span>
    <span className={classes.means}>{means}</span>
  </Link>
);
