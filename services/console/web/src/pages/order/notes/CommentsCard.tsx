import { Button, Group, Textarea } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order as orders } from '../../../api/services.ts';
import { Action } from '../../../ui/Action.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { sayFailed } from '../../../ui/said.tsx';
import { told } from '../../../ui/told.ts';
import { When } from '../../../ui/When.tsx';
import type { Comment, OrderFacts } from '../facts.ts';
import type { OrderTabProps } from '../tab-props.ts';
import classes from './Notes.module.css';

const pageSize = 50;

const useComments = ({ order: { id: orderId } }: OrderFacts) =>
  useInfiniteQuery({
    queryKey: [orders.name, '/orders/{orderId}/comments', orderId],
    queryFn: ({ pageParam: cursor, signal }) =>
      done(orders.GET('/orders/{orderId}/comments', { params: { path: { orderId }, query: { limit: pageSize, cursor } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    meta: { live: false, order: orderId },
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });

/** What was said about the order, by people and by what happened to it: newest first. */
export const CommentsCard = ({ facts }: OrderTabProps) => {
  const { t } = useTranslation(['order', 'common']);
  const comments = useComments(facts);
  return (
    <Card title={t('order:comments.title')}>
      <NewComment facts={facts} />
      <Loaded query={comments} height={160}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('order:comments.none')} text={t('order:comments.noneText')} />
          ) : (
            <ol className={classes.comments} aria-live="polite">
              {items.map((comment) => (
                <CommentItem key={comment.id} comment={comment} zone={facts.marketplace?.timeZone} />
              ))}
            </ol>
          )
        }
      </Loaded>
      {comments.hasNextPage && (
        <Button mt="md" variant="default" onClick={() => comments.fetchNextPage()} loading={comments.isFetchingNextPage}>
          {t('common:do.more')}
        </Button>
      )}
    </Card>
  );
};

const CommentItem = ({ comment, zone }: { readonly comment: Comment; readonly zone: string | undefined }) => {
  const { t } = useTranslation('order');
  return (
    <li>
      <div className={classes.who}>
        <strong>{comment.author.name}</strong>
        <When at={comment.at} zone={zone} />
        {comment.notify && <span>{t('comments.notified')}</span>}
      </div>
      <p className={classes.text} data-system={comment.system || undefined}>
        {comment.event === undefined ? comment.text : t(`events:${comment.event.type}` as never, told(comment.event.facts))}
      </p>
    </li>
  );
};

const NewComment = ({ facts: { order } }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const add = useMutation({
    mutationFn: () =>
      done(
        orders.POST('/orders/{orderId}/comments', {
          params: { path: { orderId: order.id }, header: { 'Idempotency-Key': key } },
          body: { text: text.trim() },
        }),
      ),
    onSuccess: () => {
      setText('');
      setKey(crypto.randomUUID());
      return queries.invalidateQueries({ queryKey: [orders.name] });
    },
    onError: sayFailed,
  });
  const gate = order.actions.find(({ action }) => action === 'comment');
  const send = (): void => {
    if (text.trim() !== '' && !add.isPending) add.mutate();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        aria-label={t('comments.new')}
        placeholder={t('comments.placeholder')}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && send()}
        autosize
        minRows={2}
        maxLength={2_000}
      />
      <Group mt="xs" justify="flex-end">
        <Action type="submit" needs="operate" impossible={gate?.allowed === false ? gate.why : undefined} size="xs" loading={add.isPending}>
          {t('comments.add')}
        </Action>
      </Group>
    </form>
  );
};
