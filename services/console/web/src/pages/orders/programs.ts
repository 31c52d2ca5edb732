import { useTranslation } from 'react-i18next';
import { programs } from './orders.ts';

/** What one of Amazon's programs is called; its own word where it is new to us. */
export const useProgramNames = (): ((code: string) => string) => {
  const { t } = useTranslation('orders');
  return (code) => {
    const known = programs.find((one) => one === code);
    return known === undefined ? code : t(`program.${known}`);
  };
};
