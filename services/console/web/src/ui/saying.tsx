import { Button, Group, Text } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { problemOf } from '../api/problem.ts';
import { meaningOf } from './meaning.ts';

import '@mantine/notifications/styles.layer.css';

export { Notifications };

/** Something was done. With `undo`, it can be taken back for as long as this is shown. */
export const sayDone = (text: string, undo?: () => unknown): void => {
  const id = crypto.randomUUID();
  const takeBack = () => {
    notifications.hide(id);
    void undo?.();
  };
  notifications.show({
    id,
    color: 'green',
    closeButtonProps: { 'aria-label': i18next.t('do.close') },
    autoClose: undo ? 10_000 : 4_000,
    message: undo ? (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{text}</Text>
        <Button size="compact-sm" variant="default" onClick={takeBack}>
          {i18next.t('do.undo')}
        </Button>
      </Group>
    ) : (
      text
    ),
  });
};

/** Something could not be done: shown until it is read. */
export const sayFailed = (error: unknown): void => {
  const problem = problemOf(error);
  notifications.show({
    color: 'red',
    closeButtonProps: { 'aria-label': i18next.t('do.close') },
    autoClose: false,
    title: i18next.t('problems:title'),
    message: [meaningOf(problem), ...(problem.document.errors ?? []).map((one) => `${one.field}: ${one.message}`)].join(' '),
  });
};
