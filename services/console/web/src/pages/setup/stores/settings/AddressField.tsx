import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const longestLine = 120;

/** The lines that somebody meant: without those that are empty. */
export const linesOf = (lines: readonly string[]): string[] => lines.map((line) => line.trim()).filter((line) => line !== '');

export const areTooMany = (lines: readonly string[], most: number): boolean =>
  linesOf(lines).length > most || lines.some((line) => line.length > longestLine);

export interface AddressFieldProps {
  readonly lines: readonly string[];
  readonly most: number;
  readonly onChange: (lines: string[]) => void;
  readonly error?: string | undefined;
}

export const AddressField = ({ lines, most, onChange, error }: AddressFieldProps) => {
  const { t } = useTranslation('stores');
  return (
    <Textarea
      label={t('billing.sellerAddress')}
      description={t('billing.sellerAddressHint', { count: most })}
      autosize
      minRows={3}
      value={lines.join('\n')}
      onChange={({ currentTarget: { value } }) => onChange(value.split('\n'))}
      error={areTooMany(lines, most) ? t('billing.tooManyLines', { count: most }) : error}
    />
  );
};
