<meta charset="utf-8">
<title>{$page.meta.title}</title>
<meta name="description" content="{$page.meta.description}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" type="image/svg+xml" href="{$shop.favicon}">
{include file='_partials/stylesheets.tpl' stylesheets=$stylesheets}
{include file='_partials/javascript.tpl' javascript=$javascript.head vars=$js_custom_vars}
{hook h='displayHeader'}
