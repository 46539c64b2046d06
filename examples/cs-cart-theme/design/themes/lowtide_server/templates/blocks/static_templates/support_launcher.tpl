<support-launcher platform="cs-cart" theme="auto"
    endpoint="{$addons.support_identity.endpoint}" desk="{$addons.support_identity.desk}"
    identity-url="{"support_identity.identity"|fn_url}">
    <a href="{"pages.view?page_id=`$support_page_id`"|fn_url}">{__("lowtide.ask")}</a>
</support-launcher>
