import { useDocumentTitle } from '@mantine/hooks';
import classes from './Page.module.css';

export interface PageProps {
  readonly title: string;
  /** Beside the title: what the page is about, in a few words. */
  readonly about?: React.ReactNode;
  readonly actions?: React.ReactNode;
  /** For grids, which scroll in themselves. Default: the page scrolls. */
  readonly fill?: boolean;
  readonly children: React.ReactNode;
}

/** A page: one heading, what can be done, and the content. */
export const Page = ({ title, about, actions, fill = false, children }: PageProps) => {
  useDocumentTitle(`${title} · Orderbus`);
  return (
    <div className={classes.page} data-fill={fill || undefined}>
      <div className={classes.head}>
        <h1 className={classes.title}>{title}</h1>
        {about && <div className={classes.about}>{about}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
};
