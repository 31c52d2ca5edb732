import { Burger, NativeSelect, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { storesQuery, useScope } from '../api/stores.ts';
import { lazily } from '../ui/lazily.tsx';
import { useShortcuts } from '../ui/shortcuts.ts';
import classes from './Frame.module.css';
import { Freshness } from './Freshness.tsx';
import type { KeyboardHelpProps } from './KeyboardHelp.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import { Rail } from './Rail.tsx';
import { TourWhenAsked } from './TourWhenAsked.tsx';

const KeyboardHelp = lazily<KeyboardHelpProps>(() => import('./KeyboardHelp.tsx'));

/** What is around every page: the way to everywhere, the store it is about, search, and whether Amazon is in step. */
export const Frame = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [menu, { toggle, close }] = useDisclosure();
  const [help, helping] = useDisclosure();
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({
    '/': () => search.current?.focus(),
    '?': helping.open,
    'g t': () => void navigate({ to: '/' }),
    'g o': () => void navigate({ to: '/orders' }),
    'g s': () => void navigate({ to: '/ship' }),
    'g n': () => void navigate({ to: '/needs' }),
  });
  return (
    <div className={classes.frame}>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <header className={classes.header}>
        <Burger opened={menu} onClick={toggle} hiddenFrom="md" size="sm" aria-label={t(menu ? 'nav.close' : 'nav.open')} />
        <Link to="/" className={classes.brand} aria-label={t('product')}>
          <img src="/icon.svg" alt="" />
          <span>{t('product')}</span>
        </Link>
        <StoreScope />
        <SearchBox field={search} />
        <Freshness />
        <PersonMenu onKeys={helping.open} />
      </header>
      <div className={classes.rail} data-open={menu || undefined}>
        <Rail onGo={close} />
      </div>
      <TourWhenAsked />
      <main id="content" className={classes.content} tabIndex={-1}>
        <Outlet />
      </main>
      {help && <KeyboardHelp onClose={helping.close} />}
    </div>
  );
};

const StoreScope = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data, isPending } = useQuery(storesQuery);
  const stores = data?.items ?? [];
  const scope = useScope();
  if (isPending) return <div className={classes.scope} />;
  if (stores.length < 2 && scope === undefined) return null;
  return (
    <NativeSelect
      className={classes.scope}
      aria-label={t('scope.label')}
      value={scope ?? ''}
      data={[{ value: '', label: t('scope.all') }, ...stores.map(({ id, name }) => ({ value: id, label: name }))]}
      onChange={({ currentTarget: { value } }) =>
        void navigate({ to: '.', search: ((kept: object) => ({ ...kept, store: value === '' ? undefined : value })) as never })
      }
    />
  );
};

const SearchBox = ({ field }: { readonly field: React.RefObject<HTMLInputElement | null> }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const words = useSearch({ strict: false, select: (search: { q?: string }) => search.q });
  return (
    <search className={classes.search} data-tour="search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const q = field.current?.value.trim();
          void navigate({ to: '/orders', search: q ? { q } : {} });
          field.current?.blur();
        }}
      >
        <TextInput
          ref={field}
          key={words}
          type="search"
          defaultValue={words}
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          leftSection={<Search size={16} aria-hidden="true" />}
          onKeyDown={({ key }) => key === 'Escape' && field.current?.blur()}
        />
      </form>
    </search>
  );
};
