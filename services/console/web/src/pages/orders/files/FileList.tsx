import { ActionIcon, Progress } from '@mantine/core';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { number } from '../../../ui/format.ts';
import { Status } from '../../../ui/Status.tsx';
import { When } from '../../../ui/When.tsx';
import classes from './files.module.css';
import { addressOf } from './files.ts';
import type { OwnFile } from './useFiles.ts';

export interface FileListProps {
  readonly files: readonly OwnFile[];
  readonly forget: (id: string) => void;
}

/** Files that somebody has asked for: how far they are, and where to get them. */
export const FileList = ({ files, forget }: FileListProps) => {
  const { t } = useTranslation('orders');
  return (
    <ul className={classes.files} aria-label={t('files.own')}>
      {files.map((file) => (
        <FileLine key={file.id} file={file} forget={() => forget(file.id)} />
      ))}
    </ul>
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
