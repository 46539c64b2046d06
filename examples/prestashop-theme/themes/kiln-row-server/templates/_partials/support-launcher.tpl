<support-launcher platform="prestashop" endpoint="{$support.endpoint}" desk="{$support.desk}"
  identity-url="{$support.identity_url}" theme="auto">
  <a href="{$urls.pages.contact}">{l s='Ask us' d='Shop.Theme.Actions'}</a>
</support-launcher>
