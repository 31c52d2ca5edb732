import { useTranslation } from 'react-i18next';
import { Status, type Tone } from '../../../ui/Status.tsx';
import { sayingOf } from '../../../ui/told.ts';
import type { Invoice } from '../facts.ts';
import classes from './Money.module.css';

const tones: Readonly<Record<Invoice['upload']['state'], Tone>> = {
  none: 'quiet',
  requested: 'waiting',
  accepted: 'ok',
  refused: 'stopped',
};

/** Where a document stands at Amazon, where buyers find their invoices. */
export const Upload = ({ upload }: { readonly upload: Invoice['upload'] }) => {
  const { t } = useTranslation('order');
  return (
    <>
      <Status tone={tones[upload.state]}>{t(`upload.${upload.state}`)}</Status>
      {upload.refusal && (
        <p className={classes.refusal}>{t('amazonSays', { words: sayingOf(upload.refusal), code: upload.refusal.code })}</p>
      )}
    </>
  );
};
