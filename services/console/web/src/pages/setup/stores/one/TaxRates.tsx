import { Button, CloseButton, Group, NumberInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { country } from '../../../../ui/format.ts';

export interface TaxRatesProps {
  readonly rates: Readonly<Record<string, number>>;
  readonly onChange: (rates: Record<string, number>) => void;
  readonly error?: string | undefined;
}

/** The seller's own tax rates, country by country. */
export const TaxRates = ({ rates, onChange, error }: TaxRatesProps) => {
  const { t } = useTranslation('stores');
  const entries = Object.entries(rates).toSorted(([one], [other]) => one.localeCompare(other));
  return (
    <Stack>
      <Text c="dimmed">{t('billing.taxText')}</Text>
      {entries.length === 0 ? (
        <Text>{t('billing.noRates')}</Text>
      ) : (
        <Table aria-label={t('billing.tax')} maw={480}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('billing.country')}</Table.Th>
              <Table.Th scope="col">{t('billing.rate')}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entries.map(([code, rate]) => (
              <Table.Tr key={code}>
                <Table.Th scope="row" fw={400}>
                  {country(code)} ({code})
                </Table.Th>
                <Table.Td>
                  <RateInput
                    label={`${t('billing.rate')}: ${country(code)}`}
                    hidden
                    value={rate}
                    onChange={(next) => typeof next === 'number' && onChange({ ...rates, [code]: next })}
                  />
                </Table.Td>
                <Table.Td>
                  <CloseButton
                    aria-label={t('billing.removeRate', { country: country(code) })}
                    onClick={() => onChange(Object.fromEntries(Object.entries(rates).filter(([one]) => one !== code)))}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {error && <Text c="var(--stopped)">{error}</Text>}
      <NewRate rates={rates} onAdd={(code, rate) => onChange({ ...rates, [code]: rate })} />
    </Stack>
  );
};

interface RateInputProps {
  readonly label: string;
  readonly hidden?: boolean;
  readonly hint?: string;
  readonly value: number | string;
  readonly onChange: (value: number | string) => void;
  readonly error?: string | undefined;
}

const RateInput = ({ label, hidden = false, hint, value, onChange, error }: RateInputProps) => (
  <NumberInput
    {...(hidden ? { 'aria-label': label } : { label, description: hint })}
    w={140}
    min={0}
    max={100}
    decimalScale={3}
    clampBehavior="strict"
    suffix=" %"
    hideControls
    value={value}
    onChange={onChange}
    error={error}
  />
);

const NewRate = ({ rates, onAdd }: { readonly rates: TaxRatesProps['rates']; readonly onAdd: (country: string, rate: number) => void }) => {
  const { t } = useTranslation('stores');
  const [code, setCode] = useState('');
  const [rate, setRate] = useState<number | string>('');
  const [tried, setTried] = useState(false);
  const wrongCountry = (): string | undefined => {
    if (rates[code] !== undefined) return t('billing.countryTwice');
    return tried && !/^[A-Z]{2}$/.test(code) ? t('billing.countryWrong') : undefined;
  };
  const add = (): void => {
    setTried(true);
    if (!/^[A-Z]{2}$/.test(code) || rates[code] !== undefined || typeof rate !== 'number') return;
    onAdd(code, rate);
    setCode('');
    setRate('');
    setTried(false);
  };
  return (
    <Group align="start">
      <TextInput
        label={t('billing.country')}
        description={t('billing.countryHint')}
        w={140}
        maxLength={2}
        autoComplete="off"
        value={code}
        onChange={({ currentTarget: { value } }) => setCode(value.toUpperCase())}
        error={wrongCountry()}
      />
      <RateInput
        label={t('billing.rate')}
        hint={t('billing.rateHint')}
        value={rate}
        onChange={setRate}
        error={tried && typeof rate !== 'number' ? t('billing.rateWrong') : undefined}
      />
      <Button variant="default" mt={44} onClick={add}>
        {t('billing.addRate')}
      </Button>
    </Group>
  );
};
