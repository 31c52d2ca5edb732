import { describe, expect, test } from '@jest/globals';
import { html } from './html.ts';

describe('markup', () => {
  test('escapes what is put into it, in text and in attributes', () => {
    const hostile = `<script>"it's" & more</script>`;
    expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
      '<p title="&#60;script&#62;&#34;it&#39;s&#34; &#38; more&#60;/script&#62;">&#60;script&#62;&#34;it&#39;s&#34; &#38; more&#60;/script&#62;</p>',
    );
  });

  test('takes other markup, lists of it, numbers, and nothing', () => {
    expect(html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}${undefined}</ul>`.text).toBe('<ul><li>1</li><li>2</li></ul>');
  });
});
