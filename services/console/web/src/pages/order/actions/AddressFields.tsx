import { Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { country as countryName } from '../../../ui/format.ts';
import classes from './actions.module.css';
import { type AddressDraft, countries, formOf, shownFields, type TextField } from './address.ts';

export interface AddressFieldsProps {
  readonly draft: AddressDraft;
  readonly onChange: (fields: Partial<AddressDraft>) => void;
  /** By the field that the server would name: `recipient.city`. */
  readonly mistakeOf: (field: string) => string | undefined;
}

const longest: Readonly<Record<TextField, number>> = {
  ...{ name: 120, company: 120, city: 80, district: 80, municipality: 80, state: 80, postalCode: 20, country: 2, phone: 40 },
};

/** The fields of an address, as its country has them. */
export const AddressFields = ({ draft, onChange, mistakeOf }: AddressFieldsProps) => {
  const { t } = useTranslation('actions');
  const { needs, states } = formOf(draft.country);
  const shown = shownFields(draft);
  const field = (name: TextField) => (
    <TextInput
      key={name}
      data-autofocus={name === 'name' || undefined}
      label={t(`address.field.${name}`)}
      required={name === 'name' || needs.includes(name)}
      maxLength={longest[name]}
      autoComplete="off"
      value={draft[name]}
      error={mistakeOf(`recipient.${name}`)}
      onChange={({ currentTarget: { value } }) => onChange({ [name]: value })}
    />
  );
  return (
    <div className={classes.fields}>
      {field('name')}
      {field('company')}
      <Textarea
        required
        label={t('address.field.lines')}
        description={t('address.linesHint')}
        autosize
        minRows={2}
        maxRows={4}
        className={classes.whole}
        value={draft.lines}
        error={mistakeOf('recipient.lines')}
        onChange={({ currentTarget: { value } }) => onChange({ lines: value })}
      />
      {shown.filter((name) => name === 'postalCode' || name === 'city' || name === 'district' || name === 'municipality').map(field)}
      {states ? (
        <Select
          label={t('address.field.state')}
          required={needs.includes('state')}
          searchable
          selectFirstOptionOnChange
          data={states.includes(draft.state) || draft.state === '' ? [...states] : [draft.state, ...states]}
          value={draft.state === '' ? null : draft.state}
          error={mistakeOf('recipient.state')}
          onChange={(value) => onChange({ state: value ?? '' })}
        />
      ) : (
        field('state')
      )}
      <Select
        label={t('address.field.country')}
        required
        searchable
        selectFirstOptionOnChange
        data={countries.map((value) => ({ value, label: countryName(value) }))}
        value={draft.country === '' ? null : draft.country}
        error={mistakeOf('recipient.country')}
        onChange={(value) => onChange({ country: value ?? '' })}
      />
      {field('phone')}
    </div>
  );
};
