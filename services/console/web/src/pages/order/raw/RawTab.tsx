import { Button, CopyButton, Group, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { gateway } from '../../../api/services.ts';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { moment } from '../../../ui/format.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { about } from '../news.ts';
import type { OrderTabProps } from '../tab-props.ts';
import classes from './RawTab.module.css';
import { found, type Row, rowsOf } from './rows.ts';

/** The order as Amazon showed it, each time that it changed. Who bought it is sealed, and not among it. */
const RawTab = ({ facts: { order } }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const events = useQuery(about(order.id, gateway.read('/events/{aggregateId}', { params: { path: { aggregateId: order.id } } })));
  return (
    <Card>
      <Loaded query={events} height={480}>
        {({ items }) => {
          const pictures = items.filter(({ type }) => type === 'amazon.order.imported' || type === 'amazon.order.updated').toReversed();
          return pictures.length === 0 ? <Empty title={t('raw.none')} text={t('raw.noneText')} /> : <Pictures pictures={pictures} />;
        }}
      </Loaded>
    </Card>
  );
};

interface Picture {
  readonly id: string;
  readonly occurredAt: string;
  readonly data: unknown;
}

const Pictures = ({ pictures }: { readonly pictures: readonly Picture[] }) => {
  const { t } = useTranslation(['order', 'common']);
  const [chosen, choose] = useState<string>();
  const [text, setText] = useState('');
  const picture = pictures.find(({ id }) => id === chosen) ?? pictures[0];
  const shown = useMemo(() => withoutBuyer(picture?.data), [picture]);
  const rows = useMemo(() => found(rowsOf(shown), text), [shown, text]);
  return (
    <>
      <Group align="flex-end" mb="md">
        <NativeSelect
          label={t('order:raw.asOf')}
          value={picture?.id}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
          data={pictures.map(({ id, occurredAt }, index) => ({
            value: id,
            label: index === 0 ? t('order:raw.latest', { at: moment(occurredAt) }) : moment(occurredAt),
          }))}
        />
        <TextInput
          type="search"
          label={t('order:raw.search')}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          leftSection={<Search size={14} aria-hidden="true" />}
        />
        <CopyButton value={JSON.stringify(shown, null, 2)}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'common:do.copied' : 'order:raw.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <p className="visually-hidden" role="status">
        {t('common:rows', { count: rows.length })}
      </p>
      {rows.length === 0 ? (
        <Empty title={t('order:raw.notFound', { text })} />
      ) : (
        <ul className={classes.rows}>
          {rows.map((row) => (
            <JsonRow key={row.path} row={row} />
          ))}
        </ul>
      )}
    </>
  );
};

const JsonRow = ({ row }: { readonly row: Row }) => {
  const { t } = useTranslation('order');
  return (
    <li className={classes.row} style={{ paddingInlineStart: `${row.depth * 16 + 8}px` }} title={row.path}>
      <span className={classes.name}>{row.name}</span>
      {row.value === undefined ? (
        <span className={classes.size}>{t(row.isList ? 'raw.list' : 'raw.object', { count: row.size ?? 0 })}</span>
      ) : (
        <span className={classes.value}>{row.value}</span>
      )}
    </li>
  );
};

/** It is sealed for the order service: nobody could read it here, and it is long. */
const withoutBuyer = (data: unknown): unknown => {
  if (typeof data !== 'object' || data === null || !('sealedBuyer' in data)) return data;
  const { sealedBuyer: _, ...rest } = data;
  return rest;
};

export default RawTab;
