<nav data-depth="{$breadcrumb.count}" class="breadcrumb" aria-label="{l s='You are here' d='Shop.Theme.Global'}">
  <ol>
    {foreach $breadcrumb.links as $path}
      <li>{if $path@last}<span aria-current="page">{$path.title}</span>{else}<a href="{$path.url}">{$path.title}</a>{/if}</li>
    {/foreach}
  </ol>
</nav>
