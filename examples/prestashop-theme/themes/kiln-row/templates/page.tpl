{extends file=$layout}
{block name='content'}
  <section id="main">
    {block name='page_header_container'}
      <header class="page-header"><h1>{block name='page_title'}{$page.meta.title}{/block}</h1></header>
    {/block}
    {block name='page_content_container'}
      <section id="content" class="page-content card card-block">
        {block name='page_content'}{/block}
      </section>
    {/block}
    {block name='page_footer_container'}{/block}
  </section>
{/block}
