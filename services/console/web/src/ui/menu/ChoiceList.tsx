import { Menu } from '@mantine/core';
import { Fragment } from 'react';
import type { Choice, ChoiceMenuProps } from './choices.ts';

/** The menu, open at once: somebody has pressed its button already. */
const ChoiceList = ({ button, groups, position, width }: ChoiceMenuProps) => (
  <Menu defaultOpened position={position} {...(width !== undefined && { width })}>
    <Menu.Target>{button}</Menu.Target>
    <Menu.Dropdown mah="min(640px, 75dvh)" style={{ overflowY: 'auto' }}>
      {groups
        .filter(({ length }) => length > 0)
        .map((choices, n) => (
          <Fragment key={choices[0]?.id}>
            {n > 0 && <Menu.Divider />}
            {choices.map((choice) => (
              <Line key={choice.id} {...choice} />
            ))}
          </Fragment>
        ))}
    </Menu.Dropdown>
  </Menu>
);

const Line = ({ label, choose, end, isCurrent, className }: Choice) => (
  <Menu.Item
    {...(choose ? { onClick: choose } : { 'aria-disabled': 'true' as const, closeMenuOnClick: false })}
    rightSection={end}
    aria-current={isCurrent || undefined}
    className={className}
  >
    {label}
  </Menu.Item>
);

export default ChoiceList;
