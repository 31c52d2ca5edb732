import { Button, Popover, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { lazily } from '../../../ui/lazily.tsx';
import classes from './files.module.css';
import type { ListedOrders } from './listed-orders.ts';
import type { NewFileDialogProps } from './NewFileDialog.tsx';
import { useFiles } from './useFiles.ts';

const NewFileDialog = lazily<NewFileDialogProps>(async () => ({ default: (await import('./NewFileDialog.tsx')).NewFileDialog }));

const FileList = lazily(async () => ({ default: (await import('./FileList.tsx')).FileList }));

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
            {files.length > 0 && <FileList files={files} forget={forget} />}
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
