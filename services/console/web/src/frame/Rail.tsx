import { Link } from '@tanstack/react-router';
import { Bell, CircleAlert, Package, RefreshCw, Settings, ShoppingBag, Sun, Truck, Wallet } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { number } from '../ui/format.ts';
import classes from './Frame.module.css';
import { useNeedsCount } from './needs-count.ts';

const places = [
  ['/', 'today', Sun],
  ['/orders', 'orders', ShoppingBag],
  ['/ship', 'ship', Truck],
  ['/needs', 'needs', CircleAlert],
  ['/stock', 'stock', Package],
  ['/money', 'money', Wallet],
] as const;

const house = [
  ['/sync', 'sync', RefreshCw],
  ['/alerts', 'alerts', Bell],
  ['/setup', 'setup', Settings],
] as const;

/** The way to everywhere, in words; a number only where a person has to act. */
export const Rail = ({ onGo }: { readonly onGo: () => void }) => {
  const { t } = useTranslation();
  const entry = ([to, name, Icon]: (typeof places | typeof house)[number]) => (
    <li key={to}>
      <Link
        to={to}
        data-tour={name}
        className={classes.place}
        activeProps={{ 'aria-current': 'page' }}
        activeOptions={{ exact: to === '/' }}
        onClick={onGo}
      >
        <Icon size={18} aria-hidden="true" />
        <span>{t(`nav.${name}`)}</span>
        {name === 'needs' && <NeedsCount />}
      </Link>
    </li>
  );
  return (
    <nav aria-label={t('nav.label')}>
      <ul className={classes.places}>{places.map(entry)}</ul>
      <ul className={classes.places}>{house.map(entry)}</ul>
    </nav>
  );
};

const NeedsCount = () => {
  const count = useNeedsCount();
  return count > 0 ? <span className={classes.count}>{number(count)}</span> : null;
};
