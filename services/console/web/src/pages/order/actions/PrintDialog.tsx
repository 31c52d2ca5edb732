import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../api/problem.ts';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import classes from './actions.module.css';
import { Frame } from './Frame.tsx';
import { openPdf } from './pdf.ts';
import { printables } from './printables.ts';
import { Refused } from './Refused.tsx';

/** What can be printed of the order; each opens as a PDF in a tab of its own. */
const PrintDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: ({ path }: { readonly key: string; readonly path: () => string | Promise<string> }) => openPdf(path),
  });
  return (
    <Frame title={t('print.title', { number: numberOf(facts) })} onClose={onClose}>
      <p>{t('print.hint')}</p>
      <Stack gap={8}>
        {printables(facts, t).map(({ key, label, path, why }) => (
          <Button
            key={key}
            variant="default"
            justify="flex-start"
            className={classes.choice}
            leftSection={<Printer size={16} aria-hidden="true" />}
            data-disabled={isPending || why !== undefined || undefined}
            aria-disabled={isPending || why !== undefined}
            onClick={() => {
              if (!isPending && why === undefined) mutate({ key, path });
            }}
          >
            {isPending && variables.key === key ? t('print.doing', { label }) : why === undefined ? label : `${label}: ${why}`}
          </Button>
        ))}
      </Stack>
      {error && !isPending && <Refused problem={problemOf(error)} said={[]} />}
    </Frame>
  );
};

export default PrintDialog;
