import type { OrderTabProps } from '../tab-props.ts';
import { CommentsCard } from './CommentsCard.tsx';
import { NoteCard } from './NoteCard.tsx';
import classes from './Notes.module.css';
import { TagsCard } from './TagsCard.tsx';

/** What people say about it: the one note, its tags, and all comments. */
const NotesTab = ({ facts }: OrderTabProps) => (
  <div className={classes.columns}>
    <div className={classes.stack}>
      <NoteCard facts={facts} />
      <TagsCard facts={facts} />
    </div>
    <CommentsCard facts={facts} />
  </div>
);

export default NotesTab;
