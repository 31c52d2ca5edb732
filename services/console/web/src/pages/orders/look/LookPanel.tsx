import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { order } from '../../../api/services.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import type { Names } from '../columns/names.ts';
import { nameOf } from '../orders.ts';
import { Look } from './Look.tsx';
import classes from './look.module.css';

export interface LookPanelProps {
  readonly orderId: string;
  readonly names: Names;
  readonly close: () => void;
}

const wide = '(min-width: 75em)';

/** A look at an order beside the list, which can be worked on meanwhile where there is room for both. */
const LookPanel = ({ orderId, names, close }: LookPanelProps) => {
  const { t } = useTranslation(['orders', 'common']);
  const beside = useMediaQuery(wide, undefined, { getInitialValueInEffect: false });
  const query = useQuery(order.read('/orders/{orderId}', { params: { path: { orderId } } }));
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={440}
      title={query.data ? nameOf(query.data) : t('look.title')}
      closeButtonProps={{ 'aria-label': t('common:do.close') }}
      {...(beside && {
        withOverlay: false,
        trapFocus: false,
        lockScroll: false,
        closeOnClickOutside: false,
        classNames: { inner: classes.besideInner, content: classes.beside },
      })}
    >
      <Loaded query={query} height={320}>
        {(one) => <Look order={one} names={names} />}
      </Loaded>
    </Drawer>
  );
};

export default LookPanel;
