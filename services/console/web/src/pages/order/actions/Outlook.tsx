import { CircleAlert, Coins, House, Store } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './actions.module.css';

export interface Prospect {
  readonly who: 'here' | 'amazon' | 'money' | 'beware';
  readonly text: React.ReactNode;
}

const icons = { here: House, amazon: Store, money: Coins, beware: CircleAlert } as const;

/** What will happen, before it does: in the house, at Amazon, and with the money. */
export const Outlook = ({ prospects }: { readonly prospects: readonly (Prospect | undefined)[] }) => {
  const { t } = useTranslation('actions');
  const id = useId();
  return (
    <section className={classes.outlook} aria-labelledby={id}>
      <h3 id={id}>{t('outlook.title')}</h3>
      <ul>
        {prospects.map((prospect) => {
          if (prospect === undefined) return null;
          const Icon = icons[prospect.who];
          return (
            <li key={`${prospect.who} ${String(prospect.text)}`} data-who={prospect.who}>
              <Icon size={16} aria-hidden="true" />
              <span>
                <strong>{t(`outlook.${prospect.who}`)}</strong> {prospect.text}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
