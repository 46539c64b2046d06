<!doctype html>
<html lang="{$smarty.const.CART_LANGUAGE}" dir="{$language_direction}">
<head>
    <meta charset="utf-8">
    <title>{$page_title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="description" content="{$meta_description}">
    <link rel="icon" type="image/svg+xml" href="{$images_dir}/mark.svg">
    <link rel="stylesheet" href="{$config.current_path}/design/themes/lowtide/css/styles.css">
    {include file="blocks/static_templates/scripts.tpl"}
</head>
<body>
    <div class="ty-tygh" id="tygh_container">
        <div id="ajax_overlay" class="ty-ajax-overlay"></div>
        <div class="cm-notification-container notification-container"></div>
        <a class="skip" href="#tygh_content">{__("skip_to_content")}</a>
        <div class="ty-helper-container" id="tygh_main_container">
            {include file="blocks/static_templates/page_header.tpl"}
            <main class="tygh-content clearfix" id="tygh_content">
                <div class="container-fluid content-grid">
                    {include file=$content_tpl}
                </div>
            </main>
            {include file="blocks/static_templates/page_footer.tpl"}
        </div>
    </div>
    {hook name="index:footer"}{/hook}
</body>
</html>
