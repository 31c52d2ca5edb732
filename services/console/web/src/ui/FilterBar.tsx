import { Button, CloseButton, Popover } from '@mantine/core';
import { ListFilter } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FilterBar.module.css';
import { ChoiceMenu } from './menu/ChoiceMenu.tsx';

export interface Filter {
  readonly id: string;
  /** "Status". */
  readonly label: string;
  /** What it is set to, in words: "Unshipped, On hold"; absent when it is not set. */
  readonly value: string | undefined;
  readonly clear: () => void;
  /** Its fields, shown in place. */
  readonly edit: (close: () => void) => React.ReactNode;
}

export interface FilterBarProps {
  readonly filters: readonly Filter[];
  readonly children?: React.ReactNode;
}

/** What a list is limited to: a chip for each filter that is set, which opens in place and can be removed, and a way to add one. */
export const FilterBar = ({ filters, children }: FilterBarProps) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string>();
  const shown = filters.filter(({ id, value }) => value !== undefined || id === open);
  const others = filters.filter((filter) => !shown.includes(filter));
  return (
    <fieldset className={classes.bar}>
      <legend className="visually-hidden">{t('filter.label')}</legend>
      {shown.map(({ id, label, value, clear, edit }) => {
        const close = () => setOpen(undefined);
        return (
          <Popover
            key={id}
            opened={open === id}
            onChange={(opened) => !opened && close()}
            position="bottom-start"
            withRoles={false}
            trapFocus
            returnFocus
          >
            <Popover.Target>
              <span className={classes.chip}>
                <button
                  type="button"
                  className={classes.open}
                  aria-haspopup="dialog"
                  aria-expanded={open === id}
                  onClick={() => setOpen(open === id ? undefined : id)}
                >
                  {label}
                  {value !== undefined && <>: {value}</>}
                </button>
                <CloseButton
                  size={24}
                  aria-label={t('filter.remove', { name: label })}
                  onClick={() => {
                    clear();
                    close();
                  }}
                />
              </span>
            </Popover.Target>
            <Popover.Dropdown role="dialog" aria-label={label} className={classes.editor}>
              {edit(close)}
            </Popover.Dropdown>
          </Popover>
        );
      })}
      {others.length > 0 && (
        <ChoiceMenu
          position="bottom-start"
          button={
            <Button variant="subtle" size="compact-sm" leftSection={<ListFilter size={14} aria-hidden="true" />}>
              {t('filter.add')}
            </Button>
          }
          // After the menu has closed: it takes the focus back.
          groups={[others.map(({ id, label }) => ({ id, label, choose: () => setTimeout(() => setOpen(id)) }))]}
        />
      )}
      {shown.some(({ value }) => value !== undefined) && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={() => {
            for (const { value, clear } of filters) if (value !== undefined) clear();
          }}
        >
          {t('filter.clear')}
        </Button>
      )}
      {children}
    </fieldset>
  );
};
