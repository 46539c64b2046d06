<support-launcher adapter="prestashop" theme="auto">
  <a href="{$urls.pages.contact}">{l s='Ask us' d='Shop.Theme.Actions'}</a>
</support-launcher>
