import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { signOut, useSession } from '../api/session.ts';
import { sayFailed } from '../ui/said.tsx';
import { chooseLanguage, language, languages } from '../words/index.ts';
import classes from './Frame.module.css';
import { showTour } from './tour.ts';

const languageNames = { en: 'English', de: 'Deutsch' } as const;

export const PersonMenu = ({ onKeys }: { readonly onKeys: () => void }) => {
  const { t } = useTranslation();
  const session = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes.me} aria-label={`${t('me.label')}: ${session.person.name}`}>
          <span aria-hidden="true">{initials(session.person.name)}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{session.person.name}</Menu.Label>
        <Menu.Item component="a" href={new URL('/account', session.accessUrl).href}>
          {t('me.account')}
        </Menu.Item>
        <Menu.Item onClick={onKeys}>{t('me.keys')}</Menu.Item>
        <Menu.Item onClick={showTour}>{t('me.tour')}</Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('me.theme')}</Menu.Label>
        {(['light', 'dark', 'auto'] as const).map((scheme) => (
          <Menu.Item key={scheme} role="menuitemradio" aria-checked={colorScheme === scheme} onClick={() => setColorScheme(scheme)}>
            {colorScheme === scheme ? '✓ ' : ''}
            {t(`me.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('me.language')}</Menu.Label>
        {languages.map((one) => (
          <Menu.Item key={one} lang={one} role="menuitemradio" aria-checked={language() === one} onClick={() => chooseLanguage(one)}>
            {language() === one ? '✓ ' : ''}
            {languageNames[one]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => signOut(session).catch(sayFailed)}>{t('me.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0).toUpperCase())
    .slice(0, 2)
    .join('');
