import { useTranslation } from 'react-i18next';
import { ShownOnce } from '../parts/ShownOnce.tsx';

export interface Link {
  readonly name: string;
  readonly link: string;
  readonly expiresAt: string;
}

/** A one-time link, to be handed over. */
export const LinkShown = ({ link: { name, link, expiresAt }, onClose }: { readonly link: Link; readonly onClose: () => void }) => {
  const { t } = useTranslation('setup');
  return (
    <ShownOnce
      title={t('people.linkFor', { name })}
      label={t('people.linkFor', { name })}
      secret={link}
      text={t('people.linkText', { name })}
      until={expiresAt}
      onClose={onClose}
    />
  );
};
