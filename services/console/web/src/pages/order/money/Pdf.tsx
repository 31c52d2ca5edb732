import { FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { billing } from '../../../api/services.ts';
import classes from './Money.module.css';

/** Opens a document of billing's in a tab of its own. */
export const Pdf = ({ path, number }: { readonly path: `/${string}/pdf`; readonly number: string }) => {
  const { t } = useTranslation('order');
  return (
    <a href={`${billing.baseUrl}${path}`} target="_blank" rel="noopener" className={classes.pdf} aria-label={t('pdfOf', { number })}>
      <FileText size={14} aria-hidden="true" />
      {t('pdf')}
    </a>
  );
};
