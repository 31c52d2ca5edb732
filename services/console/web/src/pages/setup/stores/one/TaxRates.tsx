import { Button, CloseButton, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { country, number } from '../../../../ui/format.ts';

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
                  <KnownRate
                    label={`${t('billing.rate')}: ${country(code)}`}
                    rate={rate}
                    onChange={(next) => onChange({ ...rates, [code]: next })}
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

/** A rate that somebody typed, with his decimal sign; `undefined` when it is none. */
const rateOf = (text: string): number | undefined => {
  const rate = Number(text.trim().replace(',', '.'));
  return /^\d{1,3}([.,]\d{1,3})?$/.test(text.trim()) && rate <= 100 ? rate : undefined;
};

interface KnownRateProps {
  readonly label: string;
  readonly rate: number;
  readonly onChange: (rate: number) => void;
}

/** A rate that is there: taken over as soon as what is typed is one. */
const KnownRate = ({ label, rate, onChange }: KnownRateProps) => {
  const { t } = useTranslation('stores');
  const [typed, setTyped] = useState<string>();
  const text = typed ?? number(rate, 3);
  return (
    <TextInput
      aria-label={label}
      w={140}
      inputMode="decimal"
      maxLength={7}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        const next = rateOf(value);
        if (next !== undefined) onChange(next);
      }}
      onBlur={() => setTyped(undefined)}
      error={rateOf(text) === undefined ? t('billing.rateWrong') : undefined}
    />
  );
};

const NewRate = ({ rates, onAdd }: { readonly rates: TaxRatesProps['rates']; readonly onAdd: (country: string, rate: number) => void }) => {
  const { t } = useTranslation('stores');
  const [code, setCode] = useState('');
  const [typed, setTyped] = useState('');
  const rate = rateOf(typed);
  const [tried, setTried] = useState(false);
  const wrongCountry = (): string | undefined => {
    if (rates[code] !== undefined) return t('billing.countryTwice');
    return tried && !/^[A-Z]{2}$/.test(code) ? t('billing.countryWrong') : undefined;
  };
  const add = (): void => {
    setTried(true);
    if (!/^[A-Z]{2}$/.test(code) || rates[code] !== undefined || rate === undefined) return;
    onAdd(code, rate);
    setCode('');
    setTyped('');
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
      <TextInput
        label={t('billing.rate')}
        description={t('billing.rateHint')}
        w={140}
        inputMode="decimal"
        maxLength={7}
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget: { value } }) => setTyped(value)}
        error={tried && rate === undefined ? t('billing.rateWrong') : undefined}
      />
      <Button variant="default" mt={44} onClick={add}>
        {t('billing.addRate')}
      </Button>
    </Group>
  );
};
