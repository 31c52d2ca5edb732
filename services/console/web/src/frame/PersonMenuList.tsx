import { Menu, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { signOut, useSession } from '../api/session.ts';
import { sayFailed } from '../ui/said.tsx';
import { chooseLanguage, language, languages } from '../words/index.ts';
import { PersonButton } from './PersonButton.tsx';
import type { PersonMenuProps } from './person-menu.ts';
import { showTour } from './tour.ts';

const languageNames = { en: 'English', de: 'Deutsch' } as const;

const PersonMenuList = ({ onKeys }: PersonMenuProps) => {
  const { t } = useTranslation();
  const session = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu defaultOpened position="bottom-end" width={220}>
      <Menu.Target>
        <PersonButton />
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

export default PersonMenuList;
