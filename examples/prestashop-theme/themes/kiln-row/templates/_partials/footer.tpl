<div class="footer-container">
  <div class="container">
    <div class="block-contact">
      <p class="h4">{$shop.name}</p>
      <p>{$shop.address}</p>
      <p><a href="tel:{$shop.phone|replace:' ':''}" dir="ltr">{$shop.phone}</a></p>
      {include file='_partials/support-launcher.tpl'}
    </div>
    {foreach $link_blocks as $block}
      <nav class="links" aria-labelledby="footer-{$block@index}">
        <p class="h4" id="footer-{$block@index}">{$block.title}</p>
        <ul>
          {foreach $block.links as $link_entry}
            <li><a href="{$link_entry.url}">{$link_entry.title}</a></li>
          {/foreach}
        </ul>
      </nav>
    {/foreach}
  </div>
  <p class="container copyright">{l s='Kiln Row is an imaginary shop: nothing is sold here.' d='Shop.Theme.Global'} {block name='support_backend'}{include file='_partials/support-backend.tpl'}{/block}</p>
</div>
