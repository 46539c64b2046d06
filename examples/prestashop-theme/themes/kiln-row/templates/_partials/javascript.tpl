{foreach $javascript.external as $js}
  <script src="{$js.uri}"{if $js.attribute} {$js.attribute}{/if}></script>
{/foreach}
{if isset($vars) && $vars|@count}
  <script{if isset($csp_nonce)} nonce="{$csp_nonce}"{/if}>
    {foreach $vars as $var_name => $var_value}
      var {$var_name} = {$var_value|json_encode nofilter};
    {/foreach}
  </script>
{/if}
