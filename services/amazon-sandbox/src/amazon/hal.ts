/** Which actions there are for an order, as JSON Hypertext Application Language: links, and each action with where its schema is. */
export const renderActions = (order: string, folder: 'messages' | 'solicitations', names: readonly string[], marketplaceId: string) => {
  const query = `?marketplaceIds=${marketplaceId}`;
  const linkTo = (name: string) => ({ href: `${order}/${folder}/${name}${query}`, name });
  return {
    _links: { self: { href: `${order}${query}` }, actions: names.map(linkTo) },
    _embedded: {
      actions: names.map((name) => ({
        _links: { self: linkTo(name), schema: { href: `${order}/${folder}/${name}/schema`, name } },
        payload: { name },
      })),
    },
  };
};
