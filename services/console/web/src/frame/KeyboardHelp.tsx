import { Kbd, Modal, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** All shortcuts, in the order in which somebody learns them. What they do is defined where it is done. */
const keys = [
  ['/', 'search'],
  ['g t', 'today'],
  ['g o', 'orders'],
  ['g s', 'ship'],
  ['g n', 'needs'],
  ['j', 'next'],
  ['k', 'previous'],
  ['x', 'select'],
  ['Shift+x', 'selectTo'],
  ['a', 'selectAll'],
  ['o', 'look'],
  ['Enter', 'open'],
  ['s', 'shipOrder'],
  ['i', 'invoice'],
  ['r', 'refund'],
  ['c', 'comment'],
  ['?', 'help'],
] as const;

export interface KeyboardHelpProps {
  readonly onClose: () => void;
}

const KeyboardHelp = ({ onClose }: KeyboardHelpProps) => {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('do.close') }}>
      <Table>
        <Table.Tbody>
          {keys.map(([pressed, does]) => (
            <Table.Tr key={pressed}>
              <Table.Td>
                {pressed.split(' ').map((key, index) => (
                  <span key={key}>
                    {index > 0 && ` ${t('keys.thenKey')} `}
                    <Kbd>{key}</Kbd>
                  </span>
                ))}
              </Table.Td>
              <Table.Td>{t(`keys.${does}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
};

export default KeyboardHelp;
