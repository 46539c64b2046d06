<!doctype html>
<html lang="{$language.locale}" dir="{if $language.is_rtl}rtl{else}ltr{/if}">
  <head>
    {block name='head'}
      {include file='_partials/head.tpl'}
    {/block}
  </head>
  <body id="{$page.page_name}" class="{$page.body_classes|classnames}">
    {block name='hook_after_body_opening_tag'}
      {hook h='displayAfterBodyOpeningTag'}
    {/block}
    <main>
      <a class="skip-link" href="#wrapper">{l s='Skip to content' d='Shop.Theme.Actions'}</a>
      {block name='header'}
        {include file='_partials/header.tpl'}
      {/block}
      <section id="wrapper">
        <div class="container">
          {block name='breadcrumb'}
            {include file='_partials/breadcrumb.tpl'}
          {/block}
          {block name='content_wrapper'}
            <div id="content-wrapper" class="js-content-wrapper">
              {block name='content'}{/block}
            </div>
          {/block}
        </div>
      </section>
      {block name='footer'}
        <footer id="footer" class="js-footer">
          {include file='_partials/footer.tpl'}
        </footer>
      {/block}
    </main>
    {block name='javascript_bottom'}
      {include file='_partials/javascript.tpl' javascript=$javascript.bottom}
    {/block}
    {block name='hook_before_body_closing_tag'}
      {hook h='displayBeforeBodyClosingTag'}
    {/block}
    {include file='_partials/support-script.tpl'}
  </body>
</html>
