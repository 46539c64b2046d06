<support-tracker platform="prestashop" endpoint="{$support.endpoint}" desk="{$support.desk}"
  identity-url="{$support.identity_url}" theme="auto">
  <a href="mailto:{$shop.email}">{$shop.email}</a>
</support-tracker>
