import { ActionIcon, Button, Popover, Progress, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Download, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { number } from '../../../ui/format.ts';
import { lazily } from '../../../ui/lazily.tsx';
import { Status } from '../../../ui/Status.tsx';
import { When } from '../../../ui/When.tsx';
import classes from './files.module.css';
import { addressOf } from './files.ts';
import type { ListedOrders } from './listed-orders.ts';
import type { NewFileDialogProps } from './NewFileDialog.tsx';
import { type OwnFile, useFiles } from './useFiles.ts';

const NewFileDialog = lazily<NewFileDialogProps>(async () => ({ default: (await import('./NewFileDialog.tsx')).NewFileDialog }));

/** The list as a file: a new one, and those that are being written or are ready. */
export const FilesPopover = (props: ListedOrders) => {
  const { t } = useTranslation('orders');
  const { files, underway, forget, ask } = useFiles();
  const [asking, asks] = useDisclosure();
  const [opened, { open, close, toggle }] = useDisclosure();
  return (
    <>
      <Popover position="bottom-end" width={320} trapFocus returnFocus opened={opened} onChange={(is) => !is && close()}>
        <Popover.Target>
          <Button variant="default" leftSection={<Download size={16} aria-hidden="true" />} onClick={toggle}>
            {underway === 0 ? t('files.label') : t('files.underway', { count: underway })}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('files.label')}>
          <Stack gap="sm">
            <Button
              fullWidth
              data-autofocus
              onClick={() => {
                close();
                asks.open();
              }}
            >
              {t('files.new')}
            </Button>
            {files.length === 0 && <p className={classes.none}>{t('files.none')}</p>}
            {files.length > 0 && (
              <ul className={classes.files} aria-label={t('files.own')}>
                {files.map((file) => (
                  <FileLine key={file.id} file={file} forget={() => forget(file.id)} />
                ))}
              </ul>
            )}
          </Stack>
        </Popover.Dropdown>
      </Popover>
      {asking && (
        <NewFileDialog
          {...props}
          askFor={async (wanted, key) => {
            await ask(wanted, key);
            open();
          }}
          close={asks.close}
        />
      )}
    </>
  );
};

const FileLine = ({ file: { id, at, state }, forget }: { readonly file: OwnFile; readonly forget: () => void }) => {
  const { t } = useTranslation('orders');
  return (
    <li className={classes.file}>
      <div className={classes.what}>
        <span>
          {state?.format.toUpperCase()} <When at={at} />
        </span>
        <FileStatus id={id} state={state} />
      </div>
      <ActionIcon variant="subtle" color="gray" aria-label={t('files.forget')} onClick={forget}>
        <X size={14} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
};

const FileStatus = ({ id, state }: Pick<OwnFile, 'id' | 'state'>) => {
  const { t } = useTranslation('orders');
  if (state?.state === 'done')
    return (
      <a href={addressOf(id)} download>
        {t('files.ready', { count: state.rows, shown: number(state.rows) })}
      </a>
    );
  if (state?.state === 'failed') return <Status tone="stopped">{t('files.failed', { why: state.problem ?? '' })}</Status>;
  const { rows = 0, of } = state ?? {};
  const words = of === undefined ? t('files.begins') : t('files.writing', { rows: number(rows), of: number(of) });
  return (
    <>
      <span role="status">{words}</span>
      <Progress.Root>
        <Progress.Section value={of ? (rows / of) * 100 : 0} aria-label={words} />
      </Progress.Root>
    </>
  );
};
